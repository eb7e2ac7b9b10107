import { order } from './order.js';
import { describeGuard } from './test-guard.js';

describeGuard(order, {
  otherAnswer: [
    ['Flights from Paris to Rome', 'Flights from Rome to Paris'],
    ['flights to boston', 'flights from boston'],
    ['How do I migrate from MySQL to Postgres?', 'How do I migrate to MySQL from Postgres?'],
    ['Convert 100 USD to EUR', 'Convert 100 EUR to USD'],
    ['How many feet are in a mile?', 'How many miles are in a foot?'],
    ['Is Ryanair better than EasyJet?', 'Is EasyJet better than Ryanair?'],
    ['Did Apple sue Samsung?', 'Did Samsung sue Apple?'],
    ['Can my employer sue me?', 'Can I sue my employer?'],
    ['Who acquired Oracle?', 'Who did Oracle acquire?'],
    ['How does insulin affect glucose?', 'How does glucose affect insulin?'],
    ['Was Rome founded before Athens?', 'Was Athens founded before Rome?'],
    ['Rename foo.ts to bar.ts', 'Rename bar.ts to foo.ts'],
  ],
  certain: [
    ['Flights from Paris to Rome', 'Flights from Rome to Paris'],
    ['Convert 100 USD to EUR', 'Convert 100 EUR to USD'],
    ['Translate hello from English to French', 'Translate hello from French to English'],
    ['Did Apple sue Samsung?', 'Did Samsung sue Apple?'],
    ['How do I migrate from MySQL to Postgres?', 'How do I migrate from Postgres to MySQL?'],
    ['Can a landlord sue a tenant?', 'Can a tenant sue a landlord?'],
    ['Merge main into feature', 'Merge feature into main'],
  ],
  uncertain: [
    [
      'How do I download a video from my iPhone?',
      'Which cable and which app do I need to download a long video to an iPhone without iTunes?',
    ],
  ],
  sameAnswer: [
    ['Difference between TCP and UDP', 'Difference between UDP and TCP'],
    ['What lies between Lyon and Nice?', 'What lies between Nice and Lyon?'],
    ['Python vs Java', 'Java vs Python'],
    ['Is tea or coffee healthier?', 'Is coffee or tea healthier?'],
    ['How far is it from Paris to Lyon?', 'How far is it from Lyon to Paris?'],
    ['How do Ann and Bob differ?', 'How do Bob and Ann differ?'],
    ['Flights on Sunday from Rome to Oslo', 'Flights from Rome to Oslo on Sunday'],
    ["What is Ann's place of birth?", 'What is the birth place of Ann?'],
    ['How do I stop my dog from chewing shoes?', 'How do I get my dog to stop chewing shoes?'],
    ['Compare prices of Rome, Oslo, and Bath', 'Compare prices of Oslo, Rome, and Bath'],
    ['Who invented the telephone?', 'The telephone was invented by whom?'],
    [
      "How does Canada's industry compare to Peru's?",
      "How does Peru's industry compare to Canada's?",
    ],
    ['How did it feel to leave Christianity?', 'How does it feel leaving Christianity?'],
    ['Flights to Cleveland, departing at 5 pm', 'Flights to Cleveland 5 pm'],
  ],
});
