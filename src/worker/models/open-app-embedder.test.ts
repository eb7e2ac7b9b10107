import { expect, test } from 'vitest';
import type { AppEmbedder } from '../../shared/app-embedder.js';
import { openAppEmbedder } from './open-app-embedder.js';
import { createSteadyEmbedder } from './steady-embedder.js';

const limits = { firstMs: 1_000, laterMs: 1_000 };

/** Components that differ with the text, turned by `turn` as another set of weights would. */
const toVector = (text: string, turn = 0) =>
  Float32Array.from({ length: 4 }, (_, dim) => Math.sin(text.charCodeAt(dim) + dim + turn));

const open = (change: Partial<AppEmbedder> = {}) =>
  openAppEmbedder(
    createSteadyEmbedder({ id: 'fake', embed: async (text) => toVector(text), ...change }),
    limits,
  );

test('gives unit vectors, of the length of the first one', async () => {
  const { dims, embed } = await open();
  expect(dims).toBe(4);
  const embedding = await embed('a prompt');
  const vector = embedding.kind === 'vector' ? embedding.vector : [];
  expect(Math.hypot(...vector)).toBeCloseTo(1, 6);
});

test('passes on why a text has no vector', async () => {
  const embed = async (text: string) => (text === 'long' ? 'too-long' : toVector(text));
  expect(await (await open({ embed })).embed('long')).toEqual({ kind: 'too-long' });
});

test('the fingerprint is the same for the same model, noise of the device left aside', async () => {
  const noisy = async (text: string) => toVector(text).map((value) => value + 1e-7);
  expect((await open()).fingerprint).toBe((await open({ embed: noisy })).fingerprint);
});

test.each<[string, Partial<AppEmbedder>]>([
  ['id', { id: 'other' }],
  ['weights', { embed: async (text) => toVector(text, 0.01) }],
])('another %s makes another fingerprint', async (_what, change) => {
  expect((await open(change)).fingerprint).not.toBe((await open()).fingerprint);
});

test.each<[string, Partial<AppEmbedder>]>([
  ['no vector of a short text', { embed: async () => 'too-long' }],
  ['another number of components than the app says', { dims: 5 }],
  ['vectors of several lengths', { embed: async (text) => new Float32Array(text.length).fill(1) }],
  ['what is not finite', { embed: async () => Float32Array.of(Number.NaN) }],
  ['one vector to all texts', { embed: async () => Float32Array.of(1, 2) }],
  ['an error', { embed: () => Promise.reject(new Error('no memory')) }],
])('a model that gives %s is refused', async (_what, change) => {
  await expect(open(change)).rejects.toMatchObject({ code: 'model-load-failed' });
});

test('tells what a model said when it was tried', async () => {
  const embed = () => Promise.reject(new Error('no memory'));
  await expect(open({ embed })).rejects.toThrow('failed with Error: no memory');
});

test.each([
  ['another length', Float32Array.of(1)],
  ['no length at all', new Float32Array(4)],
])('a later vector of %s is an error', async (_what, wrong) => {
  const embed = async (text: string) => (text === 'bad' ? wrong : toVector(text));
  const embedder = await open({ embed });
  await expect(embedder.embed('bad')).rejects.toMatchObject({ code: 'inference-failed' });
});
