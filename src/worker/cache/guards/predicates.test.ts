import { predicates } from './predicates.js';
import { describeGuard } from './test-guard.js';

describeGuard(predicates, {
  otherAnswer: [
    ['What are the symptoms of flu in adults?', 'How is the flu treated?'],
    ['How much does a visa cost?', 'What are the visa requirements?'],
  ],
  certain: [
    ['Who wrote Yesterday?', 'Who sang Yesterday?'],
    ['Who wrote Dune?', 'Who directed Dune?'],
    ['What causes eczema?', 'What are the symptoms of eczema?'],
    ['Symptoms of lupus', 'Treatment of lupus'],
    ['Side effects of metformin', 'Dosage of metformin'],
    ['Passport renewal cost', 'Passport renewal requirements'],
    ['How do I cancel my subscription?', 'How do I renew my subscription?'],
    ['What is the population of Peru?', 'What is the currency of Peru?'],
    ['Where was Kafka born?', 'Where did Kafka die?'],
    ['How do I install numpy?', 'How do I uninstall numpy?'],
  ],
  uncertain: [
    [
      'Small bruises all over my son, with no apparent cause, is it bad?',
      'Is there a treatment for the clotting disorder of my niece?',
    ],
  ],
  sameAnswer: [
    ['What is the cost of a visa?', 'What is the price of a visa?'],
    ['Causes and symptoms of flu', 'Symptoms and causes of flu'],
    ['How do I purchase a ticket?', 'How do I buy a ticket?'],
    ['How is eczema treated?', 'What is the treatment for eczema?'],
  ],
});
