import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { chooseEntry } from './choose-entry.mjs';

type Row = {
  readonly prompt: string;
  readonly cluster: string;
  readonly kind: 'first' | 'repeat' | 'light' | 'heavy' | 'near-miss';
  readonly edit?: string;
};

const file = new URL('../../src/demo/sample.jsonl', import.meta.url);
const rows = readFileSync(file, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Row); // the shape is what the tests below check

function countBy(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

test('the FAQ knows each of the 80 prompts and answers it by its own entry', () => {
  expect(rows).toHaveLength(80);
  for (const { prompt, cluster } of rows) {
    const { entry, match } = chooseEntry(prompt);
    expect([prompt, entry.id, match]).toEqual([prompt, cluster, 'exact']);
  }
});

test('the mix is the stated one', () => {
  expect(countBy(rows.map(({ kind }) => kind))).toEqual({
    first: 25,
    repeat: 15,
    light: 12,
    heavy: 7,
    'near-miss': 21,
  });
  expect(countBy(rows.flatMap(({ edit }) => edit ?? []))).toEqual({
    number: 3,
    unit: 3,
    negation: 3,
    order: 3,
    name: 3,
    antonym: 3,
    year: 3,
  });
});

test('kinds agree with the order of arrival: firsts and near-misses are new, the rest is not', () => {
  const prompts = new Set<string>();
  const clusters = new Set<string>();
  for (const { prompt, cluster, kind } of rows) {
    expect([prompt, clusters.has(cluster)]).toEqual([
      prompt,
      kind !== 'first' && kind !== 'near-miss',
    ]);
    expect([prompt, prompts.has(prompt)]).toEqual([prompt, kind === 'repeat']);
    prompts.add(prompt);
    clusters.add(cluster);
  }
});
