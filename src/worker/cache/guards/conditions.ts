import type { Guard } from './guard.js';
import { createOppositionFinder, toDifference } from './term-table.js';

const findOpposed = createOppositionFinder(`
at_least no_less_than minimum_of/at_most no_more_than maximum_of up_to/exactly
more_than greater_than over above/less_than fewer_than under below
more/less fewer
before prior_to/after following
before until/since after
all every each entire/none neither
always every_time/sometimes occasionally/rarely seldom/never
often frequently usually/rarely seldom
including include/excluding exclude except
alone by_myself single/together with_someone
both/either/neither
instead_of/in_addition_to as_well_as along_with
first_time/again second_time
once/twice
within/outside
will/did
`);
/** How much else the prompts must agree in for a veto. */
const certainFrom = 0.95;

/** `at least` is not `at most`, `all` is not `some`, and `if` is not `unless`. */
export const conditions: Guard = {
  name: 'conditions',
  check(a, b) {
    return toDifference(findOpposed(a, b), certainFrom);
  },
};
