import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { TokenInput } from './session.js';
import { createTokenizer } from './tokenizer.js';
import { createVerifier } from './verifier.js';

const folder = new URL('../../../public/models/skimp-same-response/', import.meta.url);
const read = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)));
const tokenizer = createTokenizer(read('tokenizer.json'), read('tokenizer_config.json'));
const [cls, sep] = [101, 102];

/** A verifier whose model says `output`, and what it was given. */
function createWorld(output: readonly number[] = [0.5], maxTokens = 256) {
  const inputs: TokenInput[] = [];
  const session = {
    run: async (input: TokenInput) => {
      inputs.push(input);
      return Float32Array.from(output);
    },
    close: () => {},
  };
  return { inputs, verifier: createVerifier({ session, tokenizer, maxTokens }) };
}

test('the model reads [CLS] first [SEP] second [SEP], with types 0 and 1', async () => {
  const { inputs, verifier } = createWorld();
  expect(await verifier.verify('a tent', 'bears')).toEqual({ kind: 'logit', logit: 0.5 });
  const [[, ...bears], [, ...tent]] = [
    tokenizer.encode('bears').ids,
    tokenizer.encode('a tent').ids,
  ];
  expect(bears.at(-1)).toBe(sep);
  expect(inputs).toEqual([
    {
      ids: [cls, ...bears, ...tent],
      types: [0, ...bears.map(() => 0), ...tent.map(() => 1)],
    },
  ]);
});

test.each([
  ['the shorter text', 'who', 'where'],
  ['of equally long ones the lower', 'bears', 'tents'],
  ['of equally long ones the lower by code units, not by code points', '\u{1F600}', '\uFF21b'],
  ['the shorter text in code units, not in characters', 'abc', '\u{1F600}\u{1F600}'],
])('%s comes first, in whichever order they are given', async (_what, first, second) => {
  const orders: string[][] = [];
  const verifier = createVerifier({
    session: { run: async () => Float32Array.of(0), close: () => {} },
    tokenizer: {
      ...tokenizer,
      encodePair(...pair) {
        orders.push(pair);
        return tokenizer.encodePair(...pair);
      },
    },
    maxTokens: 256,
  });
  await verifier.verify(first, second);
  await verifier.verify(second, first);
  expect(orders).toEqual([
    [first, second],
    [first, second],
  ]);
});

describe('what is not read', () => {
  test('a pair of more tokens than the model reads, though each text alone is not', async () => {
    const { inputs, verifier } = createWorld([0], 8);
    expect((await verifier.verify('a b', 'c d e')).kind).toBe('logit');
    expect(await verifier.verify('a b c', 'c d e')).toEqual({ kind: 'too-long' });
    expect(inputs).toHaveLength(1);
  });

  test('texts of megabytes, which are not even split', async () => {
    const { verifier } = createWorld();
    const startedAt = performance.now();
    expect(await verifier.verify('a', 'very long '.repeat(500_000))).toEqual({ kind: 'too-long' });
    expect(performance.now() - startedAt).toBeLessThan(50);
  });

  test('pieces that the vocabulary lacks', async () => {
    const { verifier } = createWorld();
    expect(await verifier.verify('what does 🤷🏽 mean', 'a')).toEqual({ kind: 'unreadable' });
  });
});

test.each([
  ['no number', [Number.NaN]],
  ['infinite', [Infinity]],
  ['nothing', []],
  ['two values', [1, 2]],
])('a result that is %s is a failure, never a logit', async (_what, output) => {
  const { verifier } = createWorld(output);
  await expect(verifier.verify('a', 'b')).rejects.toMatchObject({ code: 'inference-failed' });
});
