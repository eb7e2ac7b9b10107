import { toSemanticReadiness } from './cache/guards/semantic-readiness.js';
import { isServable } from './cache/judge.js';
import type { Judge, Judgement } from './cache/judge.js';
import type { Decision, JudgedPrompt, PromptCache } from './cache/prompt-cache.js';
import type { RequestKeys } from './cache/scope-key.js';
import type { Verification } from './models/verifier.js';
import type { MayRun, NoInference, NoVerifier, SemanticModel } from './semantic-model.js';

/** Pairs that the verifier reads for one lookup, at most: each costs as much as an embedding. */
const MAX_VERIFICATIONS = 3;

/** A decision made before any candidate is judged. */
export type EarlyMiss = {
  readonly kind: 'miss';
  readonly reason: 'not-ready' | 'unsuitable';
  readonly detail: string;
};

/** The two halves that a decision brings together. */
export type DecisionParts = {
  readonly cache: PromptCache;
  readonly model: Pick<SemanticModel, 'status' | 'embed' | 'verify'>;
};

/** What is asked, and until when inference may begin. */
export type Question = {
  readonly keys: RequestKeys;
  readonly prompt: string;
  readonly isInTime: MayRun;
};

/**
 * Decides on one prompt: exact repeat, then its nearest neighbours by embedding, guards, verifier
 * and calibrated risk. Whatever cannot be known in time is a miss.
 */
export async function decide(
  parts: DecisionParts,
  { keys, prompt, isInTime }: Question,
): Promise<Decision | EarlyMiss> {
  const { cache, model } = parts;
  const exact = await cache.findExact(keys);
  if (exact !== undefined) return exact;
  const readiness = toSemanticReadiness(prompt);
  if (readiness !== 'ok') return { kind: 'miss', reason: 'unsuitable', detail: readiness };
  const { semantic } = model.status();
  if (semantic !== 'available') return { kind: 'miss', reason: 'not-ready', detail: semantic };
  const embedding = await model.embed(prompt, isInTime);
  if (embedding.kind === 'too-long' || embedding.kind === 'unreadable') {
    return { kind: 'miss', reason: 'unsuitable', detail: embedding.kind };
  }
  if (embedding.kind !== 'vector') return toEarlyMiss(embedding);
  const judge = cache.judge();
  if (judge === undefined) return cache.decide([]);
  const similar = await cache.findSimilar(keys, prompt, embedding.vector);
  const estimated = similar.map(({ entry, features }) => ({
    entry,
    judgement: judge.estimate(features),
  }));
  const judged = await verify(estimated, { model, judge, prompt, isInTime });
  return Array.isArray(judged) ? cache.decide(judged) : toEarlyMiss(judged);
}

type VerifyParts = Pick<DecisionParts, 'model'> &
  Pick<Question, 'prompt' | 'isInTime'> & { readonly judge: Judge };

/**
 * Lets the verifier read the candidates that it could save, the most promising first, until none
 * of the others can come to a lower risk than what was found.
 *
 * @returns all candidates in the order given, or why the verifier did not run.
 */
async function verify(
  estimated: readonly JudgedPrompt[],
  { model, judge, prompt, isInTime }: VerifyParts,
): Promise<JudgedPrompt[] | NoInference> {
  const judged = [...estimated];
  const promising = estimated
    .filter(({ judgement }) => isServable(judgement))
    .toSorted((a, b) => a.judgement.risk - b.judgement.risk)
    .slice(0, MAX_VERIFICATIONS);
  let lowestRisk = Infinity;
  for (const candidate of promising) {
    const { entry, judgement } = candidate;
    if (judgement.risk >= lowestRisk) break;
    const read = await model.verify([prompt, entry.prompt], isInTime);
    if (isNoInference(read)) return read;
    const final = { entry, judgement: conclude(judge, judgement, read) };
    judged[estimated.indexOf(candidate)] = final;
    lowestRisk = Math.min(lowestRisk, final.judgement.risk);
  }
  return judged;
}

function isNoInference(read: Verification | NoVerifier | NoInference): read is NoInference {
  return read.kind === 'no-model' || read.kind === 'late' || read.kind === 'failed';
}

/** The last word on a pair, by what the verifier made of it. */
export function conclude(
  judge: Judge,
  estimate: Judgement,
  read: Verification | NoVerifier,
): Judgement {
  if (read.kind === 'no-verifier') return { ...estimate, isFinal: true };
  return judge.judge(estimate.features, read.kind === 'logit' ? read.logit : undefined);
}

function toEarlyMiss({ kind }: NoInference): EarlyMiss {
  return { kind: 'miss', reason: 'not-ready', detail: kind === 'late' ? 'deadline' : kind };
}
