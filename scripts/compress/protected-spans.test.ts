import { expect, test } from 'vitest';
import { countCut } from './protected-spans.mjs';

const text = 'pay 30 days late or call';
const days = { start: 4, end: 11 };
const whole = [{ ...days, mode: 'whole' }] as const;
const always = [{ ...days, mode: 'keep' }] as const;

test.each([
  ['all of it', [[0, 24]], 0, 0],
  ['just it', [[4, 11]], 0, 0],
  ['two slices that touch', [[0, 7] as const, [7, 24] as const], 0, 0],
  ['nothing', [], 0, 1],
  ['what is beside it', [[0, 4] as const, [12, 24] as const], 0, 1],
  ['a blank of it', [[0, 3] as const, [6, 7] as const, [12, 16] as const], 0, 1],
  ['its number', [[0, 6]], 1, 1],
  ['its unit', [[0, 3] as const, [6, 24] as const], 1, 1],
] as const)('%s is kept', (_, kept, cutWhole, cutAlways) => {
  expect(countCut(text, whole, kept)).toBe(cutWhole);
  expect(countCut(text, always, kept)).toBe(cutAlways);
});

test('each span that is cut counts', () => {
  const spans = [
    { start: 0, end: 3, mode: 'keep' },
    ...whole,
    { start: 17, end: 24, mode: 'whole' },
  ] as const;
  const kept = [
    [0, 3],
    [4, 6],
    [20, 24],
  ] as const;
  expect(countCut(text, spans, kept)).toBe(2);
});
