import { email } from './email.js';
import { describeRule } from './test-rule.js';

describeRule(email, [
  'Bob <⟦bob.smith+a@mail.example.co.uk⟧>, ⟦a_b-c@d-e.example⟧.',
  '|⟦müller@straße.example⟧|',
  '@name, a @ b, package@1.2.3, user@host, @a.example, "a"@b',
]);
