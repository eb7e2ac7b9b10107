import type { CacheHit } from '../shared/decision.js';

/** What the headers of an answer from the cache say of it. */
export function toHitHeaders(hit: CacheHit): Record<string, string> {
  return {
    'x-skimp': 'hit',
    'x-skimp-tier': hit.tier,
    'x-skimp-key': encodeURIComponent(hit.key), // a header holds no character past Latin-1
    'x-skimp-similarity': hit.similarity.toFixed(4),
    'x-skimp-age': String(Math.floor(hit.ageMs / 1000)),
  };
}
