import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pickHash, toTurnKeys } from './turn-keys.js';

describe.for([
  ['SHA-256', pickHash()],
  ['the hash for pages without HTTPS', pickHash(null)],
] as const)('with %s', ([, hash]) => {
  test('a key stands for a turn and all before it', async () => {
    const keys = await toTurnKeys(['a', 'b', 'b'], hash);
    expect(await toTurnKeys(['a', 'b', 'c'], hash)).toEqual([keys[0], keys[1], expect.any(String)]);
    expect(new Set([...keys, ...(await toTurnKeys(['b', 'b', 'a'], hash))]).size).toBe(6);
  });

  test('no two texts of many have one key', async () => {
    const texts = fc.uniqueArray(fc.string({ unit: 'binary', maxLength: 6 }), { minLength: 50 });
    await fc.assert(
      fc.asyncProperty(texts, async (all) => {
        expect(new Set(await Promise.all(all.map(hash))).size).toBe(all.length);
      }),
      { numRuns: 5 },
    );
    const numbers = Array.from({ length: 20_000 }, (_, at) => hash(`turn ${at}`));
    const lowHalves = (await Promise.all(numbers)).map((key) => key.slice(0, 16));
    expect(new Set(lowHalves).size).toBe(20_000);
  }, 30_000);
});
