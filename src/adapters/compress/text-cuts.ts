/**
 * How to make one text from another, without a word of either: a number above 0 takes so many
 * characters, one below 0 passes so many by, a string is put in between.
 */
export type TextCuts = readonly (number | string)[];

type Place = readonly [text: string, at: number];

/** Characters that are looked for at once where two texts part. */
const PROBE = 32;
/** Fewer than these are found everywhere: they are looked for when nothing else was found. */
const ENOUGH = 4;
/** Characters among which they are looked for first. */
const REACH = 4096;

/**
 * How to make `cut` from `text`. Where letters can be left out of `text` to give `cut`, none is put
 * in.
 */
export function toCuts(text: string, cut: string): TextCuts {
  const cuts = align(text, cut, PROBE);
  return putsIn(cuts) ? align(text, cut, 1) : cuts; // a long match may have passed by what came next
}

/** Whether anything but blanks is put in. */
export function putsIn(cuts: TextCuts): boolean {
  return cuts.some((step) => typeof step === 'string' && step.trim() !== '');
}

function align(text: string, cut: string, probe: number): TextCuts {
  const cuts: (number | string)[] = [];
  let at = 0;
  let done = 0;
  while (done < cut.length) {
    const next = findNext(text, at, cut.slice(done, done + probe));
    if (next < 0) {
      const last = cuts.at(-1);
      if (typeof last === 'string') cuts[cuts.length - 1] = last + cut[done];
      else cuts.push(cut[done]!);
      done += 1;
      continue;
    }
    if (next > at) cuts.push(at - next);
    const length = countEqual([text, next], [cut, done]);
    cuts.push(length);
    at = next + length;
    done += length;
  }
  if (at < text.length) cuts.push(at - text.length);
  return cuts;
}

/** Whether a value can be told to {@link applyCuts}. */
export function isTextCuts(value: unknown): value is TextCuts {
  return (
    Array.isArray(value) &&
    value.every((step) => typeof step === 'string' || Number.isSafeInteger(step))
  );
}

/** What `cuts` make of `text`; `undefined` where they are not of a text of its length. */
export function applyCuts(text: string, cuts: TextCuts): string | undefined {
  let cut = '';
  let at = 0;
  for (const step of cuts) {
    if (typeof step === 'string') {
      cut += step;
      continue;
    }
    const next = at + Math.abs(step);
    if (step > 0) cut += text.slice(at, next);
    at = next;
  }
  return at === text.length ? cut : undefined;
}

/** Where `probe`, or as much of its beginning as there is, stands next; or -1. */
function findNext(text: string, from: number, probe: string): number {
  for (let reach = REACH; ; reach *= 8) {
    const isAll = from + reach >= text.length;
    const near = text.slice(from, from + reach);
    for (let length = probe.length; length >= (isAll ? 1 : ENOUGH); length >>= 1) {
      const found = near.indexOf(probe.slice(0, length));
      if (found >= 0) return from + found;
    }
    if (isAll) return -1;
  }
}

/** Equal characters of two texts, each from a place on. */
function countEqual([left, from]: Place, [right, at]: Place): number {
  let length = 0;
  while (from + length < left.length && at + length < right.length) {
    if (left[from + length] !== right[at + length]) break;
    length += 1;
  }
  return length;
}
