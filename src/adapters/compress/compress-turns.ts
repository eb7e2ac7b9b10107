import type { Optimizer } from '../../client/optimizer.js';
import type { CompressionResult } from '../../shared/compression.js';
import type { CompressionSettings } from '../compress-options.js';
import { untilAbort } from '../until-abort.js';
import type { PlainTurn } from '../wire/conversation.js';
import { stripKeepTags } from './keep-tags.js';
import type { ShortenedTurn } from './sent-memory.js';
import { splitToolTurn, splitUserTurn, type TurnSplit } from './split-turn.js';
import type { TextRange } from './text-range.js';
import { totalLength } from './total-length.js';

/** What shortens a text. */
export type Compressor = Pick<Optimizer, 'compress'>;

/** What {@link compressTurns} works with. */
export type CompressTurns = {
  readonly compressor: Compressor;
  readonly settings: CompressionSettings;
  /** Ends all that is not done. */
  readonly signal: AbortSignal;
  /** Told of the first text that failed. */
  readonly onFailure: (error: unknown) => void;
};

/** A text to shorten: a slice of a text of a turn. */
type Job = {
  readonly turn: PlainTurn;
  readonly text: number;
  readonly range: TextRange;
  readonly words: string;
  readonly question: string;
};

type DoneJob = Job & { readonly result: CompressionResult };

/** Characters of a token, about; for what is not compressed and only has to be reckoned with. */
const TOKEN_LENGTH = 4;

/**
 * The turns of a request that no provider has seen, and which may therefore be shortened: the
 * user's newest one and the results of tools, where no answer of the assistant's follows.
 */
export function findNewTurns(turns: readonly PlainTurn[]): readonly PlainTurn[] {
  const answered = turns.findLastIndex(({ role }) => role === 'assistant');
  const newest = turns.findLast(({ role }) => role === 'user');
  return turns.slice(answered + 1).filter((turn) => turn === newest || turn.role === 'tool');
}

/**
 * Shortens turns of a conversation; those that lost nothing are not in the result. A text that
 * fails stays as it is. Never rejects.
 *
 * @param turns - All of them: a tool's result is shortened for what the user asked last.
 */
export async function compressTurns(
  turns: readonly PlainTurn[],
  newTurns: readonly PlainTurn[],
  { compressor, settings, signal, onFailure }: CompressTurns,
): Promise<ReadonlyMap<PlainTurn, ShortenedTurn>> {
  const jobs = toJobs(turns, newTurns).filter(({ words }) => words.length >= settings.minTokens);
  const toBudget = createBudget(newTurns, jobs, settings);
  const { minTokens } = settings;
  const outcomes = await Promise.allSettled(
    jobs.map(async (job): Promise<DoneJob> => {
      const { words, question } = job;
      const aim = { ...toBudget(job), minTokens, ...(question === '' ? {} : { question }), signal };
      return { ...job, result: await untilAbort(compressor.compress(words, aim), signal) };
    }),
  );
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) onFailure(failed.reason);
  const done = outcomes
    .flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
    .filter(({ result, words }) => result.skipped === undefined && isShorter(result, words));
  const shortened = newTurns.map((turn) => {
    const own = done.filter((job) => job.turn === turn);
    return own.length === 0 ? [] : [[turn, shorten(turn, own)] as const];
  });
  return new Map(shortened.flat());
}

function toJobs(turns: readonly PlainTurn[], newTurns: readonly PlainTurn[]): readonly Job[] {
  const asking = turns.findLast(({ role }) => role === 'user');
  const asked = asking && splitUserTurn(asking);
  const split = (turn: PlainTurn): TurnSplit =>
    turn === asking && asked ? asked : splitToolTurn(turn, asked?.question ?? '');
  return newTurns.flatMap((turn) => {
    const { question, contexts } = split(turn);
    return contexts.flatMap((ranges, text) =>
      ranges.map((range) => {
        const words = turn.texts[text]?.text.slice(...range) ?? '';
        return { turn, text, range, words, question };
      }),
    );
  });
}

/** The same ratio for all, or each its share of the tokens that what is sent whole leaves. */
function createBudget(
  newTurns: readonly PlainTurn[],
  jobs: readonly Job[],
  { budget }: CompressionSettings,
): (job: Job) => { keepRatio: number } | { maxTokens: number } {
  if ('keepRatio' in budget) return () => budget;
  const inJobs = totalLength(jobs.map(({ words }) => words));
  const inTurns = totalLength(newTurns.flatMap(({ texts }) => texts.map(({ text }) => text)));
  const left = budget.maxPromptTokens - (inTurns - inJobs) / TOKEN_LENGTH;
  return ({ words }) => ({ maxTokens: Math.max(1, Math.floor((left * words.length) / inJobs)) });
}

function isShorter({ text }: CompressionResult, words: string): boolean {
  return text.length < stripKeepTags(words).length;
}

function shorten(turn: PlainTurn, jobs: readonly DoneJob[]): ShortenedTurn {
  const texts = turn.texts.map(({ text }, index) => {
    let sent = '';
    let at = 0;
    for (const { range, result } of jobs.filter((job) => job.text === index)) {
      sent += stripKeepTags(text.slice(at, range[0])) + result.text;
      at = range[1];
    }
    return sent + stripKeepTags(text.slice(at));
  });
  const count = (toTokens: (result: CompressionResult) => number) =>
    jobs.reduce((sum, { result }) => sum + toTokens(result), 0);
  return {
    texts,
    originalTokens: count(({ originalTokens }) => originalTokens),
    sentTokens: count(({ keptTokens }) => keptTokens),
  };
}
