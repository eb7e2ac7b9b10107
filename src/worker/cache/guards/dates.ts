import { never, type Guard } from './guard.js';
import type { Word } from './prompt-words.js';
import { isDateWord, readDates } from './read-dates.js';
import { isOnlyDifference } from './word-differences.js';

const none: ReadonlySet<string> = new Set();

/** How much else the prompts must agree in for a veto. */
const certainFrom = { replaced: 0.75, added: never };

/** Another year, month, day or century: another answer. */
export const dates: Guard = {
  name: 'dates',
  check(a, b) {
    const [inA, inB] = [readDates(a).facts, readDates(b).facts];
    for (const kind of new Set([...inA.keys(), ...inB.keys()])) {
      const [valuesA, valuesB] = [inA.get(kind) ?? none, inB.get(kind) ?? none];
      const onlyA = [...valuesA].filter((value) => !valuesB.has(value));
      const onlyB = [...valuesB].filter((value) => !valuesA.has(value));
      if (onlyA.length + onlyB.length === 0) continue;
      const added = onlyA.length === 0 || onlyB.length === 0;
      // `now` and `this year` say what a prompt without a date means anyway.
      if (added && [...onlyA, ...onlyB].every(isPresent)) continue;
      if (added && !isOnlyDifference(a, b, isDatePart)) continue;
      const detail = `${kind} ${onlyA.join(' ') || '-'} / ${onlyB.join(' ') || '-'}`;
      return {
        detail,
        stems: [...a.words, ...b.words].filter(isDatePart).map(({ stem }) => stem),
        certainFrom: added ? certainFrom.added : certainFrom.replaced,
      };
    }
    return undefined;
  },
};

function isPresent(value: string): boolean {
  return value === 'today' || value.startsWith('this ');
}

function isDatePart({ lower }: Word): boolean {
  return (
    isDateWord(lower) ||
    /^(?:\d.*|year|month|week|day|today|tomorrow|yesterday|last|next)$/.test(lower)
  );
}
