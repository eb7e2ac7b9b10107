import { expect, test } from 'vitest';
import type { AppEmbedder } from '../../shared/app-embedder.js';
import { createSteadyEmbedder } from './steady-embedder.js';

const steady = (embed: AppEmbedder['embed']) => createSteadyEmbedder({ id: 'fake', embed });
const secret = 'my secret prompt';

test('gives the vector in memory of its own', async () => {
  const shared = Float32Array.of(1, 2);
  const vector = await steady(async () => shared).embed('a', 1_000);
  shared.fill(0);
  expect(vector).toEqual(Float32Array.of(1, 2));
});

test('passes on why a text has no vector', async () => {
  expect(await steady(async () => 'too-long').embed('a', 1_000)).toBe('too-long');
});

test.each<[string, AppEmbedder['embed']]>([
  ['rejects', () => Promise.reject(new RangeError(`cannot read ${secret}`))],
  [
    'throws',
    () => {
      throw new RangeError(`cannot read ${secret}`);
    },
  ],
])(
  'names what a model %s with, without its words, which may quote the prompt',
  async (_, embed) => {
    const error: unknown = await steady(embed)
      .embed(secret, 1_000)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'inference-failed',
      message: 'the embedder of the app failed with RangeError',
    });
  },
);

test('refuses what is no Float32Array', async () => {
  const embed = async () => [1, 2] as never; // a mistake that JavaScript allows
  await expect(steady(embed).embed('a', 1_000)).rejects.toThrow('no Float32Array');
});

test('gives up a text in time, and takes no other until the model is free', async () => {
  let release = (_vector: Float32Array) => {};
  const texts: string[] = [];
  const embedder = steady((text) => {
    texts.push(text);
    return new Promise((resolve) => {
      release = resolve;
    });
  });
  await expect(embedder.embed('slow', 1)).rejects.toThrow('gave no vector in 1 ms');
  await expect(embedder.embed('next', 1)).rejects.toThrow('still works on an earlier text');
  release(Float32Array.of(1));
  await new Promise((resolve) => setTimeout(resolve, 0));
  const last = embedder.embed('last', 1_000);
  release(Float32Array.of(2));
  expect(await last).toEqual(Float32Array.of(2));
  expect(texts).toEqual(['slow', 'last']);
});
