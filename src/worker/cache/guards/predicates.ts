import type { Guard } from './guard.js';
import { predicateTable } from './predicate-table.js';
import { createOppositionFinder, toDifference } from './term-table.js';

const findOpposed = createOppositionFinder(predicateTable);
/** How much else the prompts must agree in for a veto. */
const certainFrom = 0.95;

/** Who wrote it is not who sang it, and its causes are not its symptoms. */
export const predicates: Guard = {
  name: 'predicates',
  check(a, b) {
    return toDifference(findOpposed(a, b), certainFrom);
  },
};
