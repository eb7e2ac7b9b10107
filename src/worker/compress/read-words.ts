import { joinWindows } from './join-windows.js';
import type { Range } from './protect/span.js';
import type { TextUnits } from './text-units.js';
import { planWindows } from './windows.js';
import type { CompressionWindow } from './windows.js';
import type { SelectionWeights } from './word-scores.js';

/** Pieces of a word that are read; as in training. */
const MAX_PIECES = 16;
/** Tokens of the question that are read; as in training. */
const MAX_QUESTION_TOKENS = 48;
/** Characters that a piece is looked for in: a word of megabytes is not split. */
const MAX_PIECE_CHARACTERS = 64;
/** Words that are split between two checkpoints. */
const STRIDE = 256;

/** An attribute that is not for a browser, and its value. */
const attribute = /\s(?!class=|style=)[\w:-]{1,40}="([^"<>]*)"/g;
/** More than one word. Looked for in a value by itself: within {@link attribute} it takes quadratic time. */
const wordy = /\p{L}\s/u;

/** The model that reads words, as the rest of the compressor knows it. */
export interface WordReader {
  /** Ids of the tokens that stand before and after texts. */
  readonly special: { readonly cls: number; readonly sep: number };
  /** Longest window in tokens, special tokens and the question counted. */
  readonly maxTokens: number;
  readonly selection: SelectionWeights;
  /** Token ids, without special ones. */
  encode(text: string): readonly number[];
  /** A logit for each token, in its turn among other inferences. */
  classify(input: ReaderInput): Promise<Float32Array>;
}

/** One window as the model reads it. */
export type ReaderInput = {
  readonly ids: readonly number[];
  /** 0 for the question, 1 for the text; one for each id. */
  readonly types: readonly number[];
};

export type WordsToRead = {
  readonly text: string;
  readonly units: TextUnits;
  /** What the text is to answer; may be empty. */
  readonly question: string;
  /**
   * Words of which only an attribute's words are read: the model was trained on what stands between
   * tags.
   */
  readonly tags?: readonly Range[];
};

/** What goes on while words are read. */
export type ReadingHooks = {
  /** Lets others run; rejects when the work is not wanted any more. */
  readonly checkpoint: () => Promise<void>;
  /** Told of windows that are done. */
  readonly onProgress: (done: number, total: number) => void;
};

/**
 * Has the model read a text, window by window.
 *
 * @returns the logit of each word: the mean of its pieces', 0 for a word that has none; windows are
 * brought into line with their neighbours, see {@link joinWindows}.
 */
export async function readWords(
  { text, units, question, tags = [] }: WordsToRead,
  reader: WordReader,
  { checkpoint, onProgress }: ReadingHooks,
): Promise<Float32Array> {
  const asked = encodeStart(reader, question, MAX_QUESTION_TOKENS);
  const pieces = await splitWords({ text, units, tags }, reader, checkpoint);
  const windows = planWindows({
    text,
    units,
    lengths: Uint8Array.from(pieces, ({ length }) => length),
    capacity: reader.maxTokens - 3 - asked.length,
  });
  const logits: Float32Array[] = [];
  onProgress(0, windows.length);
  for (const [at, window] of windows.entries()) {
    await checkpoint();
    const tokenLogits = await reader.classify(toInput(window, { asked, pieces, reader }));
    logits.push(meanLogits(tokenLogits.subarray(asked.length + 2), pieces.slice(...window.read)));
    onProgress(at + 1, windows.length);
  }
  return joinWindows(windows, logits);
}

function encodeStart(reader: WordReader, text: string, maxTokens: number): readonly number[] {
  return reader.encode(text.slice(0, maxTokens * MAX_PIECE_CHARACTERS)).slice(0, maxTokens);
}

/** The pieces of each word by itself: words repeat, so each is split once. */
async function splitWords(
  { text, units, tags }: Required<Omit<WordsToRead, 'question'>>,
  reader: WordReader,
  checkpoint: () => Promise<void>,
): Promise<readonly (readonly number[])[]> {
  const tagStarts = new Set(tags.map(([start]) => start));
  const known = new Map<string, readonly number[]>();
  const pieces: (readonly number[])[] = [];
  for (const [start, end] of units.words) {
    if (pieces.length % STRIDE === 0) await checkpoint();
    const source = text.slice(start, end);
    const word = tagStarts.has(start) ? toAttributeText(source) : source;
    const found = known.get(word) ?? encodeStart(reader, word, MAX_PIECES);
    known.set(word, found);
    pieces.push(found);
  }
  return pieces;
}

/** What is read of a tag: `Ship log` of `<doc id="7" title="Ship log">`. */
function toAttributeText(tag: string): string {
  return Array.from(tag.matchAll(attribute), ([, value = '']) => value)
    .filter((value) => wordy.test(value))
    .join(' ');
}

type InputParts = {
  readonly asked: readonly number[];
  readonly pieces: readonly (readonly number[])[];
  readonly reader: WordReader;
};

/** `[CLS] question [SEP] words [SEP]`. */
function toInput({ read }: CompressionWindow, { asked, pieces, reader }: InputParts): ReaderInput {
  const { cls, sep } = reader.special;
  const opening = [cls, ...asked, sep];
  const ids = [...opening, ...pieces.slice(...read).flat(), sep];
  return { ids, types: ids.map((_, at) => (at < opening.length ? 0 : 1)) };
}

/** The mean logit of each word's pieces, which follow one another from the first token on. */
function meanLogits(
  tokenLogits: Float32Array,
  pieces: readonly (readonly number[])[],
): Float32Array {
  let from = 0;
  return Float32Array.from(pieces, ({ length }) => {
    let sum = 0;
    for (let token = from; token < from + length; token += 1) sum += tokenLogits[token]!;
    from += length;
    return length === 0 ? 0 : sum / length;
  });
}
