import { superlatives } from './superlatives.js';
import { describeGuard } from './test-guard.js';

describeGuard(superlatives, {
  otherAnswer: [
    ['What is the eldest sister called?', 'What is the youngest sister called?'],
    ['What was the first Bond film about?', 'What was the plot of the last Bond film?'],
  ],
  certain: [
    ['What is the highest point of Peru?', 'What is the lowest point of Peru?'],
    ['Who wrote the first chapter?', 'Who wrote the last chapter?'],
    ['What is the best phone?', 'What is the worst phone?'],
    ['What is the most expensive city?', 'What is the least expensive city?'],
    ['What is the oldest bridge in Rome?', 'What is the newest bridge in Rome?'],
    ['Which is the cheapest plan?', 'Which is the most expensive plan?'],
    ['What is the second largest city?', 'What is the third largest city?'],
    ['Which is the northernmost town?', 'Which is the southernmost town?'],
  ],
  uncertain: [
    ['Who was the worst minister that Italy ever had?', 'Which of the best actors won an Oscar?'],
  ],
  sameAnswer: [
    ['What is the maximum file size?', 'What is the largest file size?'],
    [
      'What is the most painless way to remove a tattoo?',
      'What is the least painful way to remove a tattoo?',
    ],
    ['What is the biggest and smallest ocean?', 'What is the smallest and biggest ocean?'],
    ['Which phones are best?', 'What are the top phones?'],
  ],
});
