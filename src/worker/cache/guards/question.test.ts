import { question } from './question.js';
import { describeGuard } from './test-guard.js';

describeGuard(question, {
  otherAnswer: [
    ['When did Einstein die?', 'Where did Einstein die?'],
    ['Who founded Rome?', 'When was Rome founded?'],
    ['Why is the Nile important?', 'Where is the Nile?'],
    ['How many people live there?', 'Who lives there?'],
    ['How old is the tree?', 'How tall is the tree?'],
    ['What year did he arrive?', 'Why did he arrive?'],
    ['Tell me when it opens', 'Tell me where it opens'],
  ],
  certain: [
    ['When did Einstein die?', 'Where did Einstein die?'],
    ['Tell me when it opens', 'Tell me where it opens'],
    ['How old is the tree?', 'How tall is the tree?'],
  ],
  uncertain: [
    ['Who sells pest control in Sydney?', 'Where can I buy pest control in Sydney?'],
    [
      'Why is the Nile such an important river for farmers?',
      'Where did explorers look for the source?',
    ],
  ],
  sameAnswer: [
    ['When did Einstein die?', 'What year did Einstein die?'],
    ['Where is the Louvre?', 'In which city is the Louvre?'],
    ['Who wrote Hamlet?', 'Which author wrote Hamlet?'],
    ['Why is the sky blue?', 'What is the reason the sky is blue?'],
    ['How many people live in Tokyo?', 'What is the population of Tokyo?'],
    ['How long does it take?', 'How many days does it take?'],
    ['Is there a doctor who treats flu?', 'Is there a clinic where flu is treated?'],
    ['How did boxing become popular?', 'Why did boxing become popular?'],
    ['When Ann took chemistry, who was her teacher?', "Who was Ann's teacher for chemistry?"],
    ['When and by whom was the gun invented?', 'Who invented the gun?'],
    ['How many times a day should I brush?', 'How often should I brush?'],
    ['When/where does glycolysis occur?', 'Where does glycolysis occur?'],
  ],
});
