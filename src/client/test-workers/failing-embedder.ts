// An app's worker whose embedder fails in the way that the worker's name says.
import { exposeSkimp } from '../../worker/transformers.js';

const dims = 8;
/** A vector that differs with the text. */
const toVector = (text: string) =>
  Float32Array.from({ length: dims }, (_, dim) => 1 + (text.charCodeAt(dim) || 0));

type Embed = (text: string) => Promise<Float32Array>;
const failures: Readonly<Record<string, Embed>> = {
  throws: () => Promise.reject(new RangeError('no memory')),
  'gives NaN': async () => new Float32Array(dims).fill(Number.NaN),
  'gives nothing but zeros': async () => new Float32Array(dims),
  'gives the wrong shape': async () => new Float32Array(dims + 1).fill(1),
  'gives no vector': async () => [1, 2, 3] as never, // a mistake that JavaScript allows
  'never answers': () => new Promise(() => {}),
};

const [when, how = ''] = self.name.split(': ');
const fail = failures[how] ?? (async (text) => toVector(text));
let calls = 0;
const embed: Embed = async (text) => {
  calls += 1;
  return when === 'later' && calls <= 3 ? toVector(text) : fail(text); // skimp tries three texts first
};
const sameForAll = async () => new Float32Array(dims).fill(1);

const embedder = { id: 'fake', dims, embed };
const given = {
  rejects: Promise.reject(new Error('no such model')),
  pends: new Promise<never>(() => {}),
  'same for all': { ...embedder, embed: sameForAll },
  'no id': { ...embedder, id: '' },
};
given.rejects.catch(() => {});
const found = Object.entries(given).find(([name]) => name === when)?.[1];
exposeSkimp({
  embedder: found ?? embedder,
  calibration: { minSimilarityByErrorRate: { 0.01: 0.97 } },
});
