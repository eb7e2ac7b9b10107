import { assertFields, type Check, milliseconds } from '../client/option-checks.js';
import { SkimpError } from '../shared/errors.js';

/** How requests are shortened before they go out. */
export type RequestCompression = {
  /**
   * Share of the tokens of the newest content to send, above 0 and up to 1; the question that it
   * ends or begins with is sent whole and does not count. Give this or `maxPromptTokens`.
   * @default 0.5
   */
  keepRatio?: number;
  /**
   * Most tokens of the newest content to send, an integer from 1: of the last user turn and the
   * tools' results with it. Earlier turns are sent as before, and do not count.
   * @default undefined
   */
  maxPromptTokens?: number;
  /** Texts of fewer tokens are sent as they are; an integer from 1. @default 256 */
  minTokens?: number;
  /** Time after which the request goes out uncompressed, in milliseconds. @default 3000 */
  deadlineMs?: number;
  /**
   * Where to remember how turns were shortened, so that they are sent the same after a reload:
   * places of cuts under a hash of the conversation, and no word of it. `localStorage` remembers over
   * visits; `null`: nothing is kept but in memory. @default sessionStorage, where there is one
   */
  storage?: Storage | null;
};

/** {@link RequestCompression} with every default filled in and every value checked. */
export type CompressionSettings = {
  readonly budget: { readonly keepRatio: number } | { readonly maxPromptTokens: number };
  readonly minTokens: number;
  readonly deadlineMs: number;
  /** `undefined`: the tab's. */
  readonly storage: Storage | null | undefined;
};

const count: Check = {
  is: (value) => Number.isSafeInteger(value) && Number(value) >= 1,
  want: 'an integer, 1 or more',
};

const checks: Readonly<Record<keyof RequestCompression, Check>> = {
  keepRatio: {
    is: (value) => typeof value === 'number' && value > 0 && value <= 1,
    want: 'a number above 0 and up to 1',
  },
  maxPromptTokens: count,
  minTokens: count,
  deadlineMs: milliseconds,
  storage: { is: (value) => typeof value === 'object', want: 'an object' },
};

/**
 * Fills defaults and refuses bad values; `undefined`: nothing is to be compressed.
 *
 * @throws {@link SkimpError} `invalid-option` for a value out of range, an unknown key, or both
 * `keepRatio` and `maxPromptTokens`.
 */
export function resolveCompression(
  compression: false | RequestCompression,
): CompressionSettings | undefined {
  if (compression === false) return undefined;
  if (typeof compression !== 'object' || compression === null) {
    throw new SkimpError('invalid-option', 'compress must be false or an object');
  }
  assertFields(compression, { checks, required: [] });
  const { keepRatio, maxPromptTokens, minTokens = 256, deadlineMs = 3000, storage } = compression;
  if (keepRatio !== undefined && maxPromptTokens !== undefined) {
    throw new SkimpError('invalid-option', 'keepRatio or maxPromptTokens, not both');
  }
  const budget =
    maxPromptTokens === undefined ? { keepRatio: keepRatio ?? 0.5 } : { maxPromptTokens };
  return { budget, minTokens, deadlineMs, storage };
}
