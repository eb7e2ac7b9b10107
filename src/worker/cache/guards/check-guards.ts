import type { GuardFinding } from '../../../shared/guard.js';
import { toAgreement } from './agreement.js';
import { antonyms } from './antonyms.js';
import { conditions } from './conditions.js';
import { dates } from './dates.js';
import type { Guard } from './guard.js';
import { names } from './names.js';
import { negation } from './negation.js';
import { numbers } from './numbers.js';
import { order } from './order.js';
import { predicates } from './predicates.js';
import type { PromptWords } from './prompt-words.js';
import { question } from './question.js';
import { roles } from './roles.js';
import { superlatives } from './superlatives.js';

/** All guards, in the order in which their findings are told. */
export const guards: readonly Guard[] = [
  question,
  numbers,
  dates,
  superlatives,
  roles,
  conditions,
  antonyms,
  negation,
  predicates,
  order,
  names,
];

/**
 * Every objection to reusing the answer to one prompt for the other, at most one a guard. An edit
 * is certain to change the answer only where the rest agrees: two long texts about other things
 * differ in a number or an antonym in passing. So the words of all findings are set aside, and what
 * is left tells how alike the prompts are otherwise.
 */
export function findGuards(a: PromptWords, b: PromptWords): readonly GuardFinding[] {
  if (a.text === b.text) return [];
  const found = guards.flatMap((guard) => {
    const difference = guard.check(a, b);
    return difference === undefined ? [] : [{ guard: guard.name, ...difference }];
  });
  if (found.length === 0) return [];
  const agreement = toAgreement(a, b, new Set(found.flatMap(({ stems }) => [...stems])));
  return found.map(({ guard, detail, certainFrom }) => ({
    guard,
    detail,
    veto: agreement >= certainFrom,
  }));
}

/** The first veto against reusing the answer to one prompt for the other, or `undefined`. */
export function checkGuards(a: PromptWords, b: PromptWords): GuardFinding | undefined {
  return findGuards(a, b).find(({ veto }) => veto);
}
