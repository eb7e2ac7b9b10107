import { roles } from './roles.js';
import { describeGuard } from './test-guard.js';

describeGuard(roles, {
  otherAnswer: [
    ['What may a landlord charge for a carpet?', 'Does a tenant pay for wear?'],
    ['What does an actor earn in Peru?', 'What do actresses make in Peru?'],
  ],
  certain: [
    ['Rights of a landlord', 'Rights of a tenant'],
    ['Can my employer read my email?', 'Can my employee read my email?'],
    ['What tax does the buyer owe?', 'What tax does the seller owe?'],
    ['Risks for the lender', 'Risks for the borrower'],
    ['What must the doctor sign?', 'What must the patient sign?'],
    ['Burden of proof for the plaintiff', 'Burden of proof for the defendant'],
    ['How do I name a beneficiary of a trust?', 'How do I name a trustee of a trust?'],
    ['What can a teacher expect?', 'What can a student expect?'],
  ],
  uncertain: [
    [
      'My landlord kept the deposit after I moved out of the flat, what can I do?',
      'As a renter in New York, who repairs a broken heater?',
    ],
  ],
  sameAnswer: [
    ['Rights of a tenant', 'Rights of a renter'],
    ['Can a landlord evict a tenant?', 'May a tenant be evicted by a landlord?'],
    ['What does a physician do?', 'What does a doctor do?'],
  ],
});
