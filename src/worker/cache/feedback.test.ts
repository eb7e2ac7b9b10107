import { describe, expect, test } from 'vitest';
import { afterReport, noFeedback, readFeedback, toAdaptedMaxRisk } from './feedback.js';
import type { Feedback, Verdict } from './feedback.js';
import { seededRandom } from './seeded-random.js';

const reports = (verdicts: readonly Verdict[], rate: number, from: Feedback = noFeedback) =>
  verdicts.reduce((feedback, verdict) => afterReport(feedback, verdict, rate), from);
const toLogit = (risk: number) => Math.log(risk / (1 - risk));

describe('the threshold', () => {
  test('is the calibrated one, to the bit, before any report', () => {
    expect(toAdaptedMaxRisk(0.0824296945, noFeedback)).toBe(0.0824296945);
  });

  test('falls by one logit less the budget with a wrong report, and rises by it with a good one', () => {
    const wrong = reports(['wrong'], 0.1);
    expect(toLogit(toAdaptedMaxRisk(0.2, wrong))).toBeCloseTo(toLogit(0.2) - 0.9, 12);
    const both = afterReport(wrong, 'good', 0.1);
    expect(toLogit(toAdaptedMaxRisk(0.2, both))).toBeCloseTo(toLogit(0.2) - 0.8, 12);
    expect(both).toMatchObject({ goodReports: 1, wrongReports: 1 });
  });

  test('never rises above the calibrated one, however many hits are good', () => {
    const feedback = reports(
      Array.from({ length: 500 }, () => 'good'),
      0.1,
    );
    expect(feedback).toEqual({ lowered: 0, goodReports: 500, wrongReports: 0 });
    expect(toAdaptedMaxRisk(0.2, feedback)).toBe(0.2);
  });

  test('reaches a floor where nothing is served', () => {
    const wrongs = (count: number) =>
      reports(
        Array.from({ length: count }, () => 'wrong'),
        0.01,
      );
    expect(toAdaptedMaxRisk(0.2, wrongs(5))).toBeGreaterThan(0);
    expect(toAdaptedMaxRisk(0.2, wrongs(6))).toBe(0);
  });

  test.each([0, 1])('of %d stays there until the floor', (maxRisk) => {
    expect(toAdaptedMaxRisk(maxRisk, reports(['wrong'], 0.01))).toBe(maxRisk);
    expect(toAdaptedMaxRisk(maxRisk, { ...noFeedback, lowered: 5 })).toBe(0);
  });
});

describe('what is stored', () => {
  test('is read back', () => {
    const feedback = reports(['wrong', 'good'], 0.02);
    expect(readFeedback(structuredClone(feedback))).toEqual(feedback);
    expect(readFeedback(undefined)).toEqual(noFeedback);
  });

  test.each<[string, unknown]>([
    ['null', null],
    ['text', 'lowered'],
    ['an empty record', {}],
    ['no number', { ...noFeedback, lowered: Number.NaN }],
    ['a threshold without end', { ...noFeedback, lowered: Infinity }],
    ['a threshold above the calibrated one', { ...noFeedback, lowered: -3 }],
    ['half a report', { ...noFeedback, goodReports: 0.5 }],
    ['reports less than none', { ...noFeedback, wrongReports: -1 }],
  ])(
    'and is %s, leaves the surest hits only, from which good reports lead back',
    (_what, stored) => {
      const feedback = readFeedback(stored);
      const maxRisk = toAdaptedMaxRisk(0.2, feedback);
      expect(maxRisk).toBeGreaterThan(0);
      expect(toAdaptedMaxRisk(0.2, afterReport(feedback, 'wrong', 0))).toBe(0);
      const later = reports(
        Array.from({ length: 100 }, () => 'good'),
        0.1,
        feedback,
      );
      expect(toAdaptedMaxRisk(0.2, later)).toBe(0.2);
    },
  );
});

/** A world that sends prompts with a risk as the model tells it, and says whether a hit was wrong. */
type World = (random: () => number, step: number) => { risk: number; isWrong: boolean };

const worlds: readonly (readonly [string, World])[] = [
  ['is calibrated', (random) => toPrompt(random(), random)],
  ['is wrong in all it serves', (random) => ({ risk: random() * 0.3, isWrong: true })],
  ['is wrong in the surest above all', (random) => ({ risk: random(), isWrong: random() < 0.5 })],
  [
    'is right at first, and then wrong',
    (random, step) => ({ risk: random() ** 4, isWrong: step > 2_000 }),
  ],
  [
    'turns every 300 prompts',
    (random, step) => ({ risk: random() ** 3, isWrong: step % 600 < 300 }),
  ],
  ['never tells a risk but 0', (random) => ({ risk: 1e-12, isWrong: random() < 0.2 })],
];

function toPrompt(risk: number, random: () => number) {
  return { risk, isWrong: random() < risk };
}

/** Runs a world: what is served is reported on after up to `maxDelay` further hits. */
function runWorld(world: World, options: { rate: number; maxDelay: number; seed: number }) {
  const random = seededRandom(options.seed);
  const waiting: { verdict: Verdict; delay: number }[] = [];
  let feedback = noFeedback;
  let mostWaiting = 0;
  const excess: number[] = [];
  for (let step = 0; step < 5_000; step += 1) {
    const { risk, isWrong } = world(random, step);
    const maxRisk = toAdaptedMaxRisk(0.2, feedback);
    if (maxRisk > 0 && risk <= maxRisk) {
      const delay = Math.floor(random() * options.maxDelay);
      waiting.push({ verdict: isWrong ? 'wrong' : 'good', delay });
    }
    mostWaiting = Math.max(mostWaiting, waiting.length);
    for (const one of waiting.filter(({ delay }) => delay <= 0)) {
      feedback = afterReport(feedback, one.verdict, options.rate);
    }
    waiting.splice(0, Infinity, ...waiting.filter(({ delay }) => delay > 0));
    for (const one of waiting) one.delay -= 1;
    const { goodReports, wrongReports } = feedback;
    excess.push(wrongReports - options.rate * (wrongReports + goodReports));
  }
  return { feedback, mostWaiting, largestExcess: Math.max(...excess) };
}

describe.each(worlds)('where the world %s', (_what, world) => {
  test.each([0.005, 0.01, 0.05, 0.3])(
    'of the reports at most a share of %d and a constant are wrong, at any moment',
    (rate) => {
      for (const maxDelay of [1, 30]) {
        for (let seed = 1; seed <= 5; seed += 1) {
          const result = runWorld(world, { rate, maxDelay, seed });
          const constant = 5 + (1 - rate) * result.mostWaiting;
          expect(result.largestExcess).toBeLessThanOrEqual(constant);
        }
      }
    },
  );
});

test('where each hit is reported before the next, six wrong ones are the most that a bad model serves', () => {
  const { feedback, mostWaiting } = runWorld(() => ({ risk: 1e-12, isWrong: true }), {
    rate: 0.01,
    maxDelay: 1,
    seed: 1,
  });
  expect(mostWaiting).toBe(1);
  expect(feedback).toMatchObject({ goodReports: 0, wrongReports: 6 });
});

test('a calibrated model keeps serving: the threshold is not shut by ordinary luck', () => {
  const world: World = (random) => toPrompt(random() * 0.02, random);
  const { feedback } = runWorld(world, { rate: 0.05, maxDelay: 1, seed: 3 });
  expect(feedback.goodReports).toBeGreaterThan(4_000);
});
