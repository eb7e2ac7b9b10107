import { compressionTasks, tokenCounters } from '../shared/compression.js';
import type { CompressionRequest } from '../shared/compression.js';
import { SkimpError } from '../shared/errors.js';
import { assertFields, callback, flag, isNumberIn, milliseconds, oneOf } from './option-checks.js';
import type { Check } from './option-checks.js';

/** What a text is shortened to, and for what, and the limits of this call. */
export type CompressOptions = Omit<CompressionRequest, 'text'> & {
  /** Ends the call; it then rejects with `signal.reason`. */
  readonly signal?: AbortSignal;
  /** Told how many of the text's windows the model has read, from 0 on. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Time after which the text comes back unchanged, in milliseconds. @default none */
  readonly deadlineMs?: number;
};

const text: Check = { is: (value) => typeof value === 'string', want: 'a string' };
const countFrom = (min: number): Check => ({
  is: (value) => Number.isSafeInteger(value) && Number(value) >= min,
  want: `an integer, ${min} or more`,
});

const checks: Readonly<Record<keyof CompressOptions | 'text', Check>> = {
  text,
  keepRatio: {
    is: (value) => value !== 0 && isNumberIn(0, 1)(value),
    want: 'a number above 0 and up to 1',
  },
  maxTokens: countFrom(1),
  question: text,
  task: oneOf(compressionTasks),
  minTokens: countFrom(0),
  counter: oneOf(tokenCounters),
  explain: flag,
  signal: { is: (value) => value instanceof AbortSignal, want: 'an AbortSignal' },
  onProgress: callback,
  deadlineMs: milliseconds,
};

/**
 * Refuses what an app without types may give.
 *
 * @throws {@link SkimpError} `invalid-option` for a value out of range, an unknown key, or both or
 * neither of `keepRatio` and `maxTokens`.
 */
export function assertCompression(given: string, options: CompressOptions): void {
  if (typeof options !== 'object' || options === null) {
    const message = 'compress needs an object with keepRatio or maxTokens';
    throw new SkimpError('invalid-option', message);
  }
  assertFields({ ...options, text: given }, { checks, required: ['text'] });
  if ((options.keepRatio === undefined) === (options.maxTokens === undefined)) {
    throw new SkimpError('invalid-option', 'give one of keepRatio and maxTokens');
  }
}
