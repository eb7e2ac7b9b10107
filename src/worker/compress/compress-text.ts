import type {
  CompressionRequest,
  CompressionResult,
  CompressionSkip,
  ProtectedPart,
} from '../../shared/compression.js';
import { isFixedSpan, scoreAtoms, toAtoms } from './atoms.js';
import { chooseAtoms } from './choose.js';
import { toText } from './join-atoms.js';
import { findProtectedSpans } from './protected-spans.js';
import { readWords } from './read-words.js';
import type { ReadingHooks, WordReader } from './read-words.js';
import { findTagWords } from './tag-words.js';
import { splitCode, splitText } from './text-units.js';
import type { CountTokens } from './token-counting.js';
import { withoutKeepTags } from './without-keep-tags.js';
import { scoreWords } from './word-scores.js';

const DEFAULT_MIN_TOKENS = 64;
/** Asked where the request has no question; as in training. */
const TASK_QUESTIONS = {
  qa: '',
  summary: 'Summarize the text.',
  code: 'What does this code do?',
} as const;

export type CompressorParts = ReadingHooks & {
  readonly count: CountTokens;
  /** Gives the model, which is asked for only where there is something to choose. */
  readonly openReader: () => Promise<WordReader>;
};

/** A result but for the time it took. */
export type Compression = Omit<CompressionResult, 'milliseconds'>;

/**
 * Shortens a text to its budget; see {@link CompressionRequest}. The same text and options make the
 * same slices.
 *
 * @throws what the model, its loading or `checkpoint` throws.
 */
export async function compressText(
  request: CompressionRequest,
  parts: CompressorParts,
): Promise<Compression> {
  const compression = await shorten(request, parts);
  return request.explain === true ? { ...compression, protected: explain(request) } : compression;
}

function explain({ text, task = 'qa' }: CompressionRequest): readonly ProtectedPart[] {
  return findProtectedSpans(text).map((span) => {
    const { start, end, kind } = span;
    return [start, end, kind, isFixedSpan(span, task) ? 'keep' : 'whole'];
  });
}

async function shorten(request: CompressionRequest, parts: CompressorParts): Promise<Compression> {
  const { task = 'qa', minTokens = DEFAULT_MIN_TOKENS } = request;
  const originalTokens = parts.count(request.text);
  const target = toTarget(request, originalTokens);
  const leave = (skipped: CompressionSkip) => leaveWhole(request.text, parts.count, skipped);
  if (originalTokens < minTokens) return leave('short');
  if (originalTokens <= target) return leave('within-budget');
  const source = withoutKeepTags(request.text, findProtectedSpans(request.text));
  await parts.checkpoint();
  const { text, spans } = source;
  const tags = task === 'code' ? [] : findTagWords(text, spans);
  const units = task === 'code' ? splitCode(text) : splitText(text, tags);
  const atoms = toAtoms({ units, spans, task });
  if (atoms.every(({ isFixed }) => isFixed)) return leave('protected');
  const reader = await parts.openReader();
  const question = request.question?.trim() || TASK_QUESTIONS[task];
  const logits = await readWords({ text, units, question, tags }, reader, parts);
  const choice = await chooseAtoms({
    ...parts,
    text,
    atoms,
    scores: scoreAtoms(atoms, scoreWords(logits, units, reader.selection)),
    originalTokens,
    target,
    // Statements are long: to pass one by that is half too long would leave much unused.
    mayExceed: task === 'code' && request.maxTokens === undefined,
    isCode: task === 'code',
  });
  if (choice === undefined) return leave('protected');
  return {
    text: toText(text, choice.slices),
    kept: source.toSource(choice.slices),
    originalTokens,
    keptTokens: choice.tokens,
  };
}

function toTarget({ keepRatio, maxTokens }: CompressionRequest, originalTokens: number): number {
  return maxTokens ?? Math.round((keepRatio ?? 1) * originalTokens);
}

/** The whole text; without its keep tags, if it has some. */
function leaveWhole(source: string, count: CountTokens, skipped: CompressionSkip): Compression {
  const originalTokens = count(source);
  const { text, toSource } = withoutKeepTags(source, []);
  const kept = toSource(text === '' ? [] : [[0, text.length]]);
  return text === source
    ? { text, kept, originalTokens, keptTokens: originalTokens, skipped }
    : { text, kept, originalTokens, keptTokens: count(text) };
}
