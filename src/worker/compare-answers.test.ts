import { expect, test } from 'vitest';
import type { PromptComparison } from '../shared/decision.js';
import type { GuardFinding } from '../shared/guard.js';
import { compareAnswers } from './compare-answers.js';

type Said = Pick<PromptComparison, 'verifier'> & { readonly guards?: readonly GuardFinding[] };

/** A model that says this of every pair, and the pairs that it read. */
function createReader({ guards = [], ...said }: Said = { verifier: 0.5 }) {
  const pairs: (readonly [string, string])[] = [];
  const readPair = async (first: string, second: string): Promise<PromptComparison> => {
    pairs.push([first, second]);
    return { guards, risk: 1, served: false, ...said };
  };
  return { pairs, readPair };
}

const finding = (veto: boolean): GuardFinding => ({ guard: 'numbers', detail: '1 / 2', veto });
const long = 'Tents are shown on the ground floor.';

test('answers that differ in blanks and emphasis alone agree, unread', async () => {
  const { pairs, readPair } = createReader({ verifier: 0 });
  const fresh = '**Tents**  are shown on\nthe ground floor. ';
  expect(await compareAnswers(long, fresh, readPair)).toBe('agree');
  expect(pairs).toEqual([]);
});

test('the sentences that both hold are not read', async () => {
  const { pairs, readPair } = createReader();
  await compareAnswers(`${long} We open at 9.\nBring a mat.`, `We open at 10. ${long}`, readPair);
  expect(pairs).toEqual([['We open at 9. Bring a mat.', 'We open at 10.']]);
});

test('what only one answer says is undecided, and so are the same sentences in another order', async () => {
  const { pairs, readPair } = createReader();
  expect(await compareAnswers(long, `${long} Bring a mat.`, readPair)).toBe('undecided');
  expect(await compareAnswers('Go. Come.', 'Come. Go.', readPair)).toBe('undecided');
  expect(pairs).toEqual([]);
});

test.each<[string, Said]>([
  ['agree', { verifier: 0.9 }],
  ['undecided', { verifier: 0.89 }],
  ['undecided', { verifier: 0.06 }],
  ['differ', { verifier: 0.05 }],
  ['differ', { verifier: 0.99, guards: [finding(true)] }],
  ['undecided', { verifier: 0.99, guards: [finding(false)] }],
  ['differ', { verifier: 0.3, guards: [finding(false)] }],
  ['undecided', {}],
  ['differ', { guards: [finding(true)] }],
])('%s, where the model says %o', async (verdict, said) => {
  const { readPair } = createReader(said);
  expect(await compareAnswers('We open at 9.', 'Come at 10.', readPair)).toBe(verdict);
});
