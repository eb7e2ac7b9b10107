import { beforeAll, expect, test } from 'vitest';
import { createOptimizer } from '../../index.js';
import type { Optimizer } from '../../index.js';
import { examples } from './examples.js';

/** How often an example follows itself: each time it says as much as every other time. */
const TIMES = 8;
const long = examples
  .filter(({ id }) => id === 'article' || id === 'meeting')
  .flatMap((example) => [
    example,
    { ...example, label: `${example.label}, unasked`, question: '' },
  ]);

let optimizer: Optimizer;
beforeAll(() => {
  optimizer = createOptimizer({
    scope: 'anna',
    databaseName: `test-${crypto.randomUUID()}`,
    backend: 'wasm',
  });
  return () => optimizer.close();
});

test.each(long)(
  'no part of a long text is forgotten: $label',
  async ({ text, question, task }) => {
    const part = `${text}\n\n`;
    const request = { keepRatio: 0.33, question, task };
    const { kept } = await optimizer.compress(part.repeat(TIMES), request);
    const shares = Array.from({ length: TIMES }, (_, time) => {
      const [first, last] = [time * part.length, (time + 1) * part.length];
      const lengths = kept.map(([start, end]) => Math.min(end, last) - Math.max(start, first));
      return lengths.reduce((sum, length) => sum + Math.max(0, length), 0) / part.length;
    });
    const inside = shares.slice(1, -1); // what begins and what ends a text is read otherwise
    expect(Math.min(...inside)).toBeGreaterThan(0.2);
    expect(Math.max(...inside)).toBeLessThan(0.5);
    expect(Math.min(...shares)).toBeGreaterThan(0.1);
    expect(Math.max(...shares)).toBeLessThan(0.7);
  },
  120_000,
);
