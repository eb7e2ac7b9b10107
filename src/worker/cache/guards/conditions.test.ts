import { conditions } from './conditions.js';
import { describeGuard } from './test-guard.js';

describeGuard(conditions, {
  otherAnswer: [
    ['What is taxed above 50000?', 'What is taxed below 50000?'],
    ['Is coffee okay before a blood test?', 'Should I drink coffee after the blood test?'],
  ],
  certain: [
    ['Users with at least 5 orders', 'Users with at most 5 orders'],
    ['Do I eat before the test?', 'Do I eat after the test?'],
    ['Files larger than 5 MB, more than 3', 'Files larger than 5 MB, less than 3'],
    ['List the files including hidden ones', 'List the files excluding hidden ones'],
    ['Is all income taxed?', 'Is no income taxed, or none of it?'],
    ['What was the drinking age until 2012?', 'What was the drinking age after 2012?'],
  ],
  uncertain: [
    [
      'Can I drink alcohol before I take ibuprofen for my back?',
      'Is wine bad for the stomach after a painkiller?',
    ],
  ],
  sameAnswer: [
    ['Is breakfast before or after the tour?', 'Is breakfast after or before the tour?'],
    ['Can I return it?', 'Should I return it?'],
    ['What are some ways to save?', 'What are all ways to save?'],
    ['Orders over 50', 'Orders above 50'],
  ],
});
