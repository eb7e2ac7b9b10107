import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createTokenizer } from '../models/tokenizer.js';
import { readWords } from './read-words.js';
import type { ReaderInput, WordReader } from './read-words.js';
import { createProse } from './test-prose.js';
import { findTestTags } from './test-tags.js';
import { splitText } from './text-units.js';

const folder = new URL('../../../public/models/skimp-same-response/', import.meta.url);
const read = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)));
const tokenizer = createTokenizer(read('tokenizer.json'), read('tokenizer_config.json'));
const [cls, sep] = [101, 102];

/** A model that gives each token its id as its logit, and what it was given. */
function createReader(maxTokens = 320) {
  const inputs: ReaderInput[] = [];
  const reader: WordReader = {
    special: tokenizer.special,
    maxTokens,
    selection: { word: 1, phrase: 0, sentence: 0 },
    encode: tokenizer.encodeBare,
    classify: async (input) => {
      inputs.push(input);
      return Float32Array.from(input.ids);
    },
  };
  return { inputs, reader };
}

async function readText(text: string, question = '', { inputs, reader } = createReader()) {
  const tags = findTestTags(text);
  const units = splitText(text, tags);
  const progress: (readonly [number, number])[] = [];
  let checkpoints = 0;
  const logits = await readWords({ text, units, question, tags }, reader, {
    checkpoint: async () => {
      checkpoints += 1;
    },
    onProgress: (...step) => progress.push(step),
  });
  return { units, logits, inputs, progress, checkpoints };
}

const mean = (ids: readonly number[]) => ids.reduce((sum, id) => sum + id, 0) / ids.length;

test('the model reads [CLS] question [SEP] text [SEP], with types 0 and 1', async () => {
  const { inputs } = await readText('Boats carry grain.', 'What do boats carry?');
  const [question, text] = ['What do boats carry?', 'Boats carry grain.'].map(tokenizer.encodeBare);
  expect(inputs).toEqual([
    {
      ids: [cls, ...question!, sep, ...text!, sep],
      types: [0, ...question!.map(() => 0), 0, ...text!.map(() => 1), 1],
    },
  ]);
});

test('of tags only the words of attributes are read', async () => {
  const text = '<p id="a1" class="x y" title="Ship log">Boats <b>carry</b> grain.</p>';
  const { inputs, logits } = await readText(text);
  expect(inputs[0]?.ids).toEqual([
    cls,
    sep,
    ...tokenizer.encodeBare('Ship log Boats carry grain.'),
    sep,
  ]);
  expect(Array.from(logits, (logit) => (logit === 0 ? '-' : 'read')).join(' ')).toBe(
    'read read - read - read -',
  );
});

test('a tag of 200,000 words with an open quote takes no quadratic time', async () => {
  const { units, inputs } = await readText(`<!-- a="${'word '.repeat(200_000)}--> Boats`);
  expect(units.words).toHaveLength(2);
  expect(inputs[0]?.ids).toEqual([cls, sep, ...tokenizer.encodeBare('Boats'), sep]);
}, 30_000);

test('without a question the first [SEP] follows at once', async () => {
  const { inputs } = await readText('Boats');
  expect(inputs).toEqual([
    { ids: [cls, sep, ...tokenizer.encodeBare('Boats'), sep], types: [0, 0, 1, 1] },
  ]);
});

test('a question of megabytes is read from its start', async () => {
  const startedAt = performance.now();
  const { inputs } = await readText('Boats', 'what is it '.repeat(500_000));
  expect(inputs[0]?.types.indexOf(1)).toBe(48 + 2);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});

test("a word's logit is the mean of its pieces', in whichever window it was read", async () => {
  const text = createProse(1_500, 4);
  const { units, logits, inputs } = await readText(text);
  expect(inputs.length).toBeGreaterThan(5);
  const expected = units.words.map(([start, end]) =>
    mean(tokenizer.encodeBare(text.slice(start, end))),
  );
  expect([...logits].map(Math.round)).toEqual(expected.map(Math.round));
  for (const { ids } of inputs) expect(ids.length).toBeLessThanOrEqual(320);
});

test('of a word of 10,000 characters the first pieces are read', async () => {
  const { inputs } = await readText(`${'ab.'.repeat(3_333)} end`);
  expect(inputs[0]?.ids).toHaveLength(2 + 16 + 1 + 1);
});

test('a word without pieces has a logit of 0', async () => {
  const { logits } = await readText('one \u0000 two');
  expect(logits[1]).toBe(0);
});

test('progress is told from none to all, and there is a checkpoint before each window', async () => {
  const { inputs, progress, checkpoints } = await readText(createProse(1_000, 2));
  expect(progress).toEqual(
    [0, ...inputs.map((_, at) => at + 1)].map((done) => [done, inputs.length]),
  );
  expect(checkpoints).toBeGreaterThanOrEqual(inputs.length);
});

test('an aborted reading reads no further window', async () => {
  const { inputs, reader } = createReader();
  const text = createProse(1_500, 4);
  const checkpoint = async () => {
    if (inputs.length === 2) throw new Error('enough');
  };
  const reading = readWords({ text, units: splitText(text), question: '' }, reader, {
    checkpoint,
    onProgress: () => {},
  });
  await expect(reading).rejects.toThrow('enough');
  expect(inputs).toHaveLength(2);
});
