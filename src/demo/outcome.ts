import type { CacheHit, CacheMiss, LookupResult, MissReason } from '../shared/decision.js';
import { formatPercent } from './format.js';

/** Where an answer came from. `bypass`: skimp was not asked. */
export type Outcome =
  | { readonly kind: 'hit'; readonly hit: CacheHit }
  | { readonly kind: 'miss'; readonly miss: CacheMiss }
  | { readonly kind: 'bypass'; readonly reason: string };

/** The response says whether it is a replay; the lookup says why. */
export function toOutcome(
  response: Response,
  lookup: LookupResult | undefined,
  bypassReason: string,
): Outcome {
  if (lookup?.kind === 'hit' && response.headers.get('x-skimp') === 'hit') {
    return { kind: 'hit', hit: lookup };
  }
  if (lookup?.kind === 'miss') return { kind: 'miss', miss: lookup };
  return { kind: 'bypass', reason: bypassReason };
}

export type Tone = 'exact' | 'semantic' | 'miss' | 'bypass';

export function toTone(outcome: Outcome): Tone {
  return outcome.kind === 'hit' ? outcome.hit.tier : outcome.kind;
}

export const badgeTexts: Readonly<Record<Tone, string>> = {
  exact: 'Hit, exact',
  semantic: 'Hit, semantic',
  miss: 'Miss',
  bypass: 'Not looked up',
};

const missTexts: Readonly<Record<MissReason, string>> = {
  'no-candidate': 'Nothing stored could answer this',
  risk: 'The nearest earlier prompt is too uncertain for the error budget',
  guard: 'An earlier prompt looks alike, but a guard says that its answer differs',
  'not-ready': 'Not an exact repeat, and the embedding model is not there to compare',
  unsuitable: 'Not an exact repeat, and the text cannot be compared by meaning',
  shadow: 'An earlier answer fits, and shadow mode only compares it',
  fallback: 'skimp could not tell',
};

/** One sentence for people: why this answer came from there. */
export function toReason(
  outcome: Outcome,
  { kind, maxErrorRate }: { readonly kind: 'ask' | 'look-up'; readonly maxErrorRate: number },
): string {
  if (outcome.kind === 'bypass') return outcome.reason;
  if (outcome.kind === 'miss') {
    const effect = kind === 'look-up' ? 'it would be sent to the model' : 'it was sent on';
    return `${missTexts[outcome.miss.reason]}: ${effect}.`;
  }
  if (outcome.hit.tier === 'exact') return 'The same request was answered before.';
  const budget = formatPercent(maxErrorRate);
  return `An earlier prompt means the same: the risk is below the limit for an error budget of ${budget}, and no guard objects.`;
}
