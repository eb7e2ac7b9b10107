import type { Guard } from './guard.js';
import type { PromptWords } from './prompt-words.js';
import { isQuantityWord, readQuantities, type Quantity } from './read-quantities.js';
import { isOnlyDifference } from './word-differences.js';

/** Another number, version or unit: another answer. */
export const numbers: Guard = {
  name: 'numbers',
  check(a, b) {
    const [inA, inB] = [readQuantities(a), readQuantities(b)];
    const onlyA = inA.filter((quantity) => !inB.some((other) => isSame(quantity, other)));
    const onlyB = inB.filter((quantity) => !inA.some((other) => isSame(quantity, other)));
    if (onlyA.length + onlyB.length === 0) return undefined;
    const isReplaced = onlyA.length > 0 && onlyB.length > 0;
    if (!isReplaced && !isAddition(a, b, [...onlyA, ...onlyB])) return undefined;
    return `${describe(onlyA)} / ${describe(onlyB)}`;
  },
};

/** Heavy rewording may drop a number; next to the same words it narrows the question. */
function isAddition(a: PromptWords, b: PromptWords, added: readonly Quantity[]): boolean {
  return added.some(({ weak }) => !weak) && isOnlyDifference(a, b, isQuantityWord);
}

/** People leave units out (`I am 30`), but 10 and 10 % are never the same thing. */
function isSame(x: Quantity, y: Quantity): boolean {
  if (x.value !== y.value) return false;
  return x.unit === y.unit || (isOmissible(x, y) && x.unit !== 'percent' && y.unit !== 'percent');
}

function isOmissible(x: Quantity, y: Quantity): boolean {
  return x.unit === '' || y.unit === '';
}

function describe(quantities: readonly Quantity[]): string {
  return quantities.map(({ value, unit }) => `${value} ${unit}`.trim()).join(', ') || '-';
}
