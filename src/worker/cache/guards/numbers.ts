import { never, type Guard } from './guard.js';
import type { PromptWords } from './prompt-words.js';
import { isQuantityWord, readQuantities, toRoman, type Quantity } from './read-quantities.js';
import { isSameQuantity } from './same-quantity.js';
import { isOnlyDifference } from './word-differences.js';

/** How much else the prompts must agree in for a veto. */
const certainFrom = 0.75;

/** Another number, version or unit: another answer. */
export const numbers: Guard = {
  name: 'numbers',
  check(a, b) {
    const [onlyA, onlyB] = [findMissing(a, b), findMissing(b, a)];
    if (onlyA.length + onlyB.length === 0) return undefined;
    const isReplaced = onlyA.length > 0 && onlyB.length > 0;
    if (!isReplaced && !isAddition(a, b, [...onlyA, ...onlyB])) return undefined;
    return {
      detail: `${describe(onlyA)} / ${describe(onlyB)}`,
      stems: [...a.words, ...b.words].filter(isQuantityWord).map(({ stem }) => stem),
      certainFrom: isReplaced ? certainFrom : never,
    };
  },
};

/** The quantities of `a` that `b` has in no unit and no spelling. */
function findMissing(a: PromptWords, b: PromptWords): readonly Quantity[] {
  const others = readQuantities(b);
  return readQuantities(a).filter(
    (quantity) =>
      !others.some((other) => isSameQuantity(quantity, other)) &&
      !b.lowers.has(toRoman(quantity) ?? ''),
  );
}

/** Heavy rewording may drop a number; next to the same words it narrows the question. */
function isAddition(a: PromptWords, b: PromptWords, added: readonly Quantity[]): boolean {
  return added.some(({ weak }) => !weak) && isOnlyDifference(a, b, isQuantityWord);
}

function describe(quantities: readonly Quantity[]): string {
  return quantities.map(({ value, unit }) => `${value} ${unit}`.trim()).join(', ') || '-';
}
