import type { Guard } from './guard.js';
import { roleTable } from './role-table.js';
import { createOppositionFinder, toDifference } from './term-table.js';

const findOpposed = createOppositionFinder(roleTable);
/** How much else the prompts must agree in for a veto. */
const certainFrom = 0.85;

/** What a landlord may do is not what a tenant may do. */
export const roles: Guard = {
  name: 'roles',
  check(a, b) {
    return toDifference(findOpposed(a, b), certainFrom);
  },
};
