import { negation } from './negation.js';
import { describeRule } from './test-rule.js';

describeRule(negation, [
  'it ⟦is not available⟧ and ⟦has never been so⟧',
  'there ⟦is no refund⟧ ⟦without a receipt⟧',
  'you ⟦must not be late⟧; it ⟦cannot be changed⟧',
  '⟦don’t use⟧ it, ⟦doesn’t work⟧, ⟦DO NOT touch⟧, ⟦dont ask⟧, it ⟦wouldn’t have been⟧',
  "it ⟦isn't⟧, ⟦not⟧ (yet)",
  '⟦Nobody answered⟧, ⟦nothing else⟧, ⟦none of the⟧ three, ⟦neither side⟧ ⟦nor the other⟧',
  '⟦unless you pay⟧, ⟦except on Sundays⟧, ⟦hardly ever⟧',
  'no. 5, non-fatal, no-reply, nothingness, knot, notable',
  '⟦No⟧, thanks. He said ⟦no⟧. Yes or ⟦no⟧?',
  '> it ⟦is not\n> only this⟧',
  '⟦not⟧, ⟦not\n a thing⟧; ⟦not⟧\n\nhere',
]);
