import type { Optimizer } from '../client/optimizer.js';
import { type Budget, isServedAt, toSmallestBudget } from './budget.js';
import { type Exchange, toCandidate } from './exchange.js';
import { type Outcome, toTone } from './outcome.js';

/** What the cache says of an earlier question at the present budget. */
export type Verdict = {
  /** `exact` at every budget; `semantic` or `miss` by the risk; `guard`: at no budget. */
  readonly kind: 'exact' | 'semantic' | 'miss' | 'guard' | 'unknown';
  /** The budget that it was judged at. */
  readonly maxErrorRate: number;
  /** Why, where `kind` is `unknown` or `guard`. */
  readonly detail?: string;
  /** `1 - P(same response)` with the verifier asked in any case, 0 to 1. */
  readonly risk?: number;
  readonly verifier?: number;
  readonly matchedPrompt?: string;
};

/**
 * Judges an exchange's question once more, by a look-up. Where its own answer is stored by now, or
 * the verifier was spared, the pair that the decision was about is compared instead: the look-up
 * would tell of an exact repeat, or a risk that is but a lower bound.
 */
export async function judgeAgain(
  optimizer: Optimizer,
  exchange: Exchange,
  maxErrorRate: number,
): Promise<Verdict> {
  const { request, outcome } = exchange;
  if (request === undefined || outcome === undefined) {
    return { kind: 'unknown', maxErrorRate, detail: 'it was not looked up' };
  }
  const first = toTone(outcome);
  const isAsked = exchange.maxErrorRate === maxErrorRate;
  const now = isAsked ? outcome : toOutcome(await optimizer.lookup(request));
  if (first === 'exact' && toTone(now) === 'exact') return { kind: 'exact', maxErrorRate };
  const isOwnAnswer = toTone(now) === 'exact';
  const candidate = toCandidate(isOwnAnswer ? outcome : now);
  if (candidate === undefined) return { kind: 'unknown', maxErrorRate, detail: toDetail(now) };
  const { matchedPrompt, guard } = candidate;
  if (candidate.verifier !== undefined && !isOwnAnswer && guard === undefined) {
    const { risk, verifier } = candidate;
    const kind = now.kind === 'hit' ? 'semantic' : 'miss';
    return { kind, maxErrorRate, risk, verifier, matchedPrompt };
  }
  const compared = await optimizer.compare(matchedPrompt, request.query);
  const { served, risk, verifier, detail } = compared;
  if (detail !== undefined) return { kind: 'unknown', maxErrorRate, detail };
  const veto = compared.guards.find((finding) => finding.veto);
  const told = { maxErrorRate, risk, ...(verifier !== undefined && { verifier }), matchedPrompt };
  if (veto !== undefined) return { ...told, kind: 'guard', detail: veto.detail };
  return { ...told, kind: served ? 'semantic' : 'miss' };
}

/** Before the look-up at another budget has come back: what it will say. */
export function foresee(verdict: Verdict, budget: Budget): Verdict {
  const { kind, risk } = verdict;
  if ((kind !== 'semantic' && kind !== 'miss') || risk === undefined) return verdict;
  return { ...verdict, kind: isServedAt(budget, risk) ? 'semantic' : 'miss' };
}

/** One sentence: from which budget on the question is served. */
export function toBudgetText({ kind, risk, detail }: Verdict, budgets: readonly Budget[]): string {
  if (kind === 'exact') return 'The same text was answered before: served at every budget.';
  if (kind === 'guard') return `A guard refuses it at every budget: ${detail}.`;
  if (kind === 'unknown' || risk === undefined) return `There is no risk to tell: ${detail}.`;
  const smallest = toSmallestBudget(risk, budgets);
  if (smallest === undefined) return 'No calibrated budget serves it.';
  return `Served from a budget of ${Number((smallest.maxErrorRate * 100).toFixed(2))} % on.`;
}

function toOutcome(result: Awaited<ReturnType<Optimizer['lookup']>>): Outcome {
  return result.kind === 'hit' ? { kind: 'hit', hit: result } : { kind: 'miss', miss: result };
}

function toDetail(outcome: Outcome): string {
  if (outcome.kind !== 'miss') return 'it was not looked up';
  const { reason, detail } = outcome.miss;
  return reason === 'no-candidate' ? 'nothing stored is like it' : (detail ?? reason);
}
