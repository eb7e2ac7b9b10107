import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CompressionRequest } from '../../shared/compression.js';
import { seededRandom } from '../cache/seeded-random.js';
import type { Compression } from './compress-text.js';
import { findProtectedSpans } from './protected-spans.js';
import { findKeepTags } from './protect/keep-region.js';
import { compress } from './test-compress.js';
import { hasWords, nastyText } from './test-nasty-text.js';
import { createProse } from './test-prose.js';
import { estimateTokens } from './token-counting.js';

/**
 * Slices but for those of white space alone: what stands between two kept words may come out of a
 * dropped span.
 */
function withoutSeparators(source: string, { kept }: Compression): Compression['kept'] {
  return kept.filter((slice) => hasWords(source, slice));
}

/** Fails where a slice begins or ends inside a span, or one with words that is always kept is not. */
function expectIntact(source: string, compression: Compression): void {
  const kept = withoutSeparators(source, compression);
  for (const { start, end, mode } of findProtectedSpans(source)) {
    const cuts = kept.flat().filter((edge) => edge > start && edge < end);
    if (cuts.length > 0) throw new Error(`a span from ${start} to ${end} is cut at ${cuts.join()}`);
    const isKept = compression.kept.some((slice) => slice[0] <= start && slice[1] >= end);
    if (mode === 'keep' && hasWords(source, [start, end]) && !isKept)
      throw new Error(`the span from ${start} to ${end} is missing`);
  }
}

const ratio = fc.double({ min: 0.05, max: 1, noNaN: true });
const task = fc.constantFrom('qa', 'summary', 'code');

test('any text is shortened, or left, to slices in order, and no protected span is cut', async () => {
  await fc.assert(
    fc.asyncProperty(nastyText, ratio, fc.nat(), async (text, keepRatio, seed) => {
      expectIntact(text, await compress(text, { keepRatio }, seed));
    }),
    {
      numRuns: 300,
      examples: [
        ['㐀14 October 2026𠀀', 0.3, 0],
        ['\0\r\n{}<skimp keep>\u0085', 1 / 14, 0],
      ],
    },
  );
}, 120_000);

test('so is any text that is told to be code', async () => {
  await fc.assert(
    fc.asyncProperty(nastyText, ratio, fc.nat(), async (text, keepRatio, seed) => {
      const kept = withoutSeparators(text, await compress(text, { keepRatio, task: 'code' }, seed));
      for (const { start, end } of findProtectedSpans(text)) {
        const cuts = kept.flat().filter((edge) => edge > start && edge < end);
        if (cuts.length > 0) throw new Error(`a span from ${start} to ${end} is cut`);
      }
    }),
    { numRuns: 300 },
  );
}, 120_000);

test('no surrogate pair is cut, and no keep tag is sent', async () => {
  await fc.assert(
    fc.asyncProperty(nastyText, ratio, task, async (text, keepRatio, how) => {
      const { kept, ...compression } = await compress(text, { keepRatio, task: how });
      for (const edge of kept.flat()) {
        expect(text.slice(edge - 1, edge + 1)).not.toMatch(/^[\ud800-\udbff][\udc00-\udfff]$/);
      }
      expect(findKeepTags(compression.text).length).toBe(0);
    }),
    { numRuns: 200 },
  );
}, 120_000);

test('texts of over 200 words without fixed spans come out at the budget to 1 %', async () => {
  const words = fc.integer({ min: 220, max: 900 });
  const odd = [
    '12.5 kg',
    'not available at all',
    '"as they say"',
    'see https://a.example/b?c=1 for',
  ];
  await fc.assert(
    fc.asyncProperty(
      words,
      fc.double({ min: 0.15, max: 0.9, noNaN: true }),
      fc.nat(99),
      async (size, keepRatio, seed) => {
        const random = seededRandom(seed);
        const insert = () =>
          random() < 0.04 ? ` ${odd[Math.floor(random() * odd.length)]} ` : ' ';
        const text = createProse(size, seed).replaceAll(/ /g, insert);
        const { keptTokens, originalTokens } = await compress(text, { keepRatio }, seed);
        const target = Math.round(keepRatio * originalTokens);
        expect(Math.abs(keptTokens - target)).toBeLessThanOrEqual(0.01 * target);
      },
    ),
    { numRuns: 40 },
  );
}, 120_000);

test('the same input makes the same slices', async () => {
  const text = createProse(500, 8);
  expect(await compress(text, { keepRatio: 0.4 })).toEqual(
    await compress(text, { keepRatio: 0.4 }),
  );
});

describe('without reading it', () => {
  test.each<[string, string, Omit<CompressionRequest, 'text'>, string]>([
    ['a short text', 'a few words', { keepRatio: 0.5, minTokens: 64 }, 'short'],
    ['an empty one', '', { maxTokens: 1 }, 'short'],
    ['one within its budget', 'a few words', { maxTokens: 9 }, 'within-budget'],
    ['one that is to keep all', 'a few words', { keepRatio: 1 }, 'within-budget'],
    ['JSON', '{"a": [1, 2, 3, 4, 5, 6]}', { keepRatio: 0.5 }, 'protected'],
    ['a code block', '```\na = 1\nb = 2\n```', { keepRatio: 0.5 }, 'protected'],
  ])('%s is left as it is', async (_what, text, request, skipped) => {
    expect(await compress(text, request)).toMatchObject({ text, skipped, isRead: false });
  });
});

describe('keep regions', () => {
  const marked = 'One two three. <skimp keep>Four, five.</skimp> Six seven eight nine ten.';

  test('stand in the output, without their tags', async () => {
    const { text } = await compress(marked, { keepRatio: 0.5 });
    expect(text).toContain('Four, five.');
    expect(text).not.toContain('skimp');
  });

  test('lose their tags where nothing else is lost', async () => {
    const compression = await compress(marked, { maxTokens: 1_000 });
    expect(compression.text).toBe('One two three. Four, five. Six seven eight nine ten.');
    expect(compression.skipped).toBeUndefined();
  });

  test('that are all there is are all that is left', async () => {
    const { text, kept } = await compress('<skimp keep>a b c d e f</skimp>', { keepRatio: 0.1 });
    expect(text).toBe('a b c d e f');
    expect(kept).toEqual([[12, 23]]);
  });
});

describe('an explanation', () => {
  const source = 'It is not 5 km <skimp keep>to</skimp> go, see `a.b` in {"a": 1} of {{name}}.';

  test('names the protected parts of the source, kept or not, but not the keep tags', async () => {
    const { protected: parts, ...compression } = await compress(source, {
      keepRatio: 0.5,
      explain: true,
    });
    expect(parts?.map(([start, end, ...what]) => [source.slice(start, end), ...what])).toEqual([
      ['is not 5 km', 'negation', 'whole'],
      ['to', 'keep-region', 'keep'],
      ['`a.b`', 'inline-code', 'whole'],
      ['{"a": 1}', 'json', 'keep'],
      ['{{name}}', 'placeholder', 'keep'],
    ]);
    const { isRead: _isRead, ...plain } = await compress(source, { keepRatio: 0.5 });
    expect(compression).toMatchObject(plain);
    expect(plain).not.toHaveProperty('protected');
  });

  test('says that in code only regions and blocks are always kept', async () => {
    const { protected: parts } = await compress(source, {
      keepRatio: 0.5,
      task: 'code',
      explain: true,
    });
    const kept = parts?.filter(([, , , mode]) => mode === 'keep').map(([, , kind]) => kind);
    expect(kept).toEqual(['keep-region']);
  });

  test.each<[string, Omit<CompressionRequest, 'text'>]>([
    ['short', { keepRatio: 0.5, minTokens: 500 }],
    ['within-budget', { maxTokens: 500 }],
  ])('is given of a text that is left as it is, too (%s)', async (skipped, request) => {
    const plain = source.replaceAll(/<[^>]+>/g, '');
    const result = await compress(plain, { ...request, explain: true });
    expect(result).toMatchObject({ skipped });
    expect(result.protected).toHaveLength(4);
  });
});

test('a code block that takes the budget leaves half the rate to the question beside it', async () => {
  const question = createProse(60, 3);
  const fence = `\`\`\`\n${'x = f(1)\n'.repeat(60)}\`\`\``;
  const { text } = await compress(`${fence}\n\n${question}`, { keepRatio: 0.4 });
  const rest = text.replace(fence, '');
  expect(rest.length).toBeLessThan(text.length);
  expect(estimateTokens(rest)).toBeGreaterThan(0.15 * estimateTokens(question));
});

test('code is cut between statements', async () => {
  const code = [
    'def total(values, scale=1):',
    '    """Adds what is positive."""',
    '    result = 0',
    '    for value in values:',
    '        if value > 0:',
    '            result += scale * value',
    '    return result',
  ];
  for (let seed = 0; seed < 20; seed += 1) {
    const { text } = await compress(code.join('\n'), { keepRatio: 0.5, task: 'code' }, seed);
    for (const line of text.split('\n')) expect(code).toContain(line);
  }
});

test('what is kept of a turn has its speaker, but where only a word was left to spend', async () => {
  const names = ['Ada', 'Dr. Orr', 'Bea'];
  const says = (seed: number) => createProse(14, seed).replaceAll(/\s+/g, ' ');
  const chat = Array.from({ length: 30 }, (_, at) => `${names[at % 3]}: ${says(at)}`).join('\n');
  const lines: string[] = [];
  for (let seed = 0; seed < 20; seed += 1) {
    lines.push(...(await compress(chat, { keepRatio: 0.3 }, seed)).text.split('\n'));
  }
  const named = lines.filter((line) => names.some((name) => line.startsWith(`${name}: `)));
  expect(lines.length).toBeLessThan(20 * 25);
  expect(named.length / lines.length).toBeGreaterThan(0.9);
});

test('200,000 words without sentences are shortened', async () => {
  const { keptTokens, originalTokens } = await compress('word '.repeat(200_000), {
    keepRatio: 0.3,
  });
  expect(keptTokens).toBe(Math.round(0.3 * originalTokens));
}, 120_000);
