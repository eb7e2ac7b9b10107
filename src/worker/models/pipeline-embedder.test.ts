import { expect, test } from 'vitest';
import { createPipelineEmbedder } from './pipeline-embedder.js';
import type { FeatureExtractor } from './pipeline-embedder.js';

const UNKNOWN = 1;

/** A pipeline whose tokens are words, and whose vocabulary lacks `xyzzy`. */
function createPipeline(config: object, data: unknown = Float32Array.of(1, 2)): FeatureExtractor {
  const extract = async () => ({ data, dims: [1, 2] });
  const encode = (text: string) => [
    ...text.split(/\s+/).map((word) => (word === 'xyzzy' ? UNKNOWN : 7)),
    ...('ends' in config ? [UNKNOWN] : []),
  ];
  return Object.assign(extract, {
    tokenizer: { encode, unk_token_id: UNKNOWN, model_max_length: Infinity },
    model: { config },
  });
}

const embedder = (config: object = {}) => createPipelineEmbedder(createPipeline(config));
const words = (count: number) => Array(count).fill('word').join(' ');

test('gives the vector of a text that the model reads whole', async () => {
  expect(await embedder({ max_position_embeddings: 4 }).embed(words(4))).toEqual(
    Float32Array.of(1, 2),
  );
});

test.each([
  ['the model says', { max_position_embeddings: 4 }, 5],
  ['is usual where it does not say', {}, 513],
])('has no vector of a text with more tokens than %s', async (_what, config, count) => {
  expect(await embedder(config).embed(words(count))).toBe('too-long');
});

test('does not count the tokens of megabytes', async () => {
  const pipeline = createPipeline({});
  const { tokenizer } = pipeline;
  const made = createPipelineEmbedder(pipeline);
  Object.assign(tokenizer, { encode: () => expect.unreachable() });
  expect(await made.embed('x'.repeat(1_000_000))).toBe('too-long');
});

test('has no vector of a text with pieces that the vocabulary lacks', async () => {
  expect(await embedder().embed('what is xyzzy')).toBe('unreadable');
});

test('reads texts where the token for what is unknown ends each of them', async () => {
  expect(await embedder({ ends: true }).embed('what is it')).toBeInstanceOf(Float32Array);
  expect(await embedder({ ends: true }).embed('what is xyzzy')).toBe('unreadable');
});

test('refuses a tensor of another kind', async () => {
  const pipeline = createPipeline({}, new Float64Array(2));
  await expect(createPipelineEmbedder(pipeline).embed('a')).rejects.toThrow('(1, 2)');
});

test('is named as the app says, else as the model is', () => {
  const config = { model_type: 'bert', _name_or_path: 'a/b' };
  expect(embedder(config).id).toBe('bert a/b');
  expect(embedder().id).toBe('unnamed');
  expect(createPipelineEmbedder(createPipeline(config), 'mine').id).toBe('mine');
});
