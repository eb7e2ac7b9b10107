import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compress } from './test-compress.js';
import { findTestTags } from './test-tags.js';

const inline = ['a', 'b', 'span'] as const;
const block = ['p', 'li', 'section', 'q', 'note'] as const;
const prose = fc
  .array(fc.constantFrom('ash', 'boats', 'carry', 'Grain', 'ends.', '5 km,'), { minLength: 1 })
  .map((words) => words.join(' '));
const inlineElement = fc
  .tuple(fc.constantFrom(...inline), prose)
  .map(([name, text]) => `<${name} class="x">${text}</${name}>`);
const line = fc
  .array(fc.oneof({ weight: 3, arbitrary: prose }, inlineElement), { minLength: 1, maxLength: 5 })
  .chain((parts) => fc.constantFrom('', ' ', '\n').map((blank) => parts.join(blank)));
const { html } = fc.letrec<{ html: string }>((tie) => ({
  html: fc
    .tuple(
      fc.constantFrom(...block),
      fc.array(fc.oneof({ maxDepth: 3 }, line, tie('html')), { minLength: 1, maxLength: 5 }),
      fc.constantFrom('', '\n  '),
    )
    .map(([name, parts, blank]) => `<${name}>${blank}${parts.join(blank)}${blank}</${name}>`),
}));

/** The names of the elements that stand open at each tag, and of those left open or never opened. */
function findUnbalanced(text: string): readonly string[] {
  const open: string[] = [];
  for (const tag of findTestTags(text)) {
    const [, slash, name = ''] = /^<(\/?)(\w+)/.exec(text.slice(...tag)) ?? [];
    if (slash === '') open.push(name);
    else if (open.at(-1) === name) open.pop();
    else return [...open, `/${name}`];
  }
  return open;
}

test('elements stay closed, and blocks stay', async () => {
  await fc.assert(
    fc.asyncProperty(
      html,
      fc.double({ min: 0.05, max: 0.95, noNaN: true }),
      fc.nat(),
      async (source, keepRatio, seed) => {
        const { text } = await compress(source, { keepRatio }, seed);
        expect(findUnbalanced(text)).toEqual([]);
        const blocks = /<\/?(?:p|li|section|q|note)>/g;
        expect(text.match(blocks)).toEqual(source.match(blocks));
      },
    ),
    { numRuns: 200 },
  );
}, 120_000);

const items = Array.from(
  { length: 12 },
  (_, at) => `  <li>Boat ${at} carries up to twenty barrels of the best rye along the canal.</li>`,
);
const list = `<ul>\n${items.join('\n')}\n</ul>`;

test('a word is not kept for the tag it stands at', async () => {
  const { text } = await compress(list, { keepRatio: 0.6 });
  expect(text.match(/<li>Boat/g)?.length ?? 0).toBeLessThan(12);
  expect(text.match(/canal\.<\/li>/g)?.length ?? 0).toBeLessThan(12);
  expect(text.match(/<li>/g)).toHaveLength(12);
});

test('words between tags are spent to the budget', async () => {
  const { keptTokens, originalTokens } = await compress(list, { keepRatio: 0.48 });
  expect(Math.abs(keptTokens / originalTokens - 0.48)).toBeLessThan(0.01);
});

test('a link is kept or dropped as one, with its tags', async () => {
  const links = Array.from({ length: 30 }, (_, at) => `see <a href="/b/${at}">lock ${at}</a> and`);
  const { text } = await compress(links.join(' '), { keepRatio: 0.4 });
  const kept = text.match(/<a href="\/b\/\d+">lock \d+<\/a>/g) ?? [];
  expect(kept.length).toBeGreaterThan(3);
  expect(kept.length).toBeLessThan(30);
  expect(text.match(/<\/?a/g)).toHaveLength(2 * kept.length);
});
