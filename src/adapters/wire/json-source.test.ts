import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findElements, findMembers, skipSpace } from './json-source.js';

const space = fc.stringMatching(/^[ \t\r\n]{0,3}$/);
const quoted = fc
  .tuple(fc.string({ unit: 'binary' }), fc.boolean())
  .map(([text, isEscaped]) =>
    isEscaped
      ? `"${Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')}"`
      : JSON.stringify(text),
  );
const spaced = (text: fc.Arbitrary<string>) =>
  fc.tuple(space, text, space).map((pieces) => pieces.join(''));
const scalar = fc.oneof(
  quoted,
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => JSON.stringify(number)),
  fc.constantFrom('null', 'true', 'false', '-0', '1e5', '"\\\\"', '"\\"]}"', '"{[,:"'),
);

/** JSON texts with blanks and escapes wherever they may stand. */
const { json, array, object } = fc.letrec<{ json: string; array: string; object: string }>(
  (tie) => ({
    json: fc.oneof({ maxDepth: 4 }, spaced(scalar), tie('array'), tie('object')),
    array: spaced(fc.array(tie('json'), { maxLength: 4 }).map((all) => `[${all.join(',')}]`)),
    object: spaced(
      fc
        .tuple(
          fc.uniqueArray(quoted, { maxLength: 4, selector: (key) => JSON.parse(key) }),
          fc.array(tie('json'), { minLength: 4, maxLength: 4 }),
          space,
        )
        .map(([keys, values, blank]) => {
          const members = keys.map((key, at) => `${blank}${key}${blank}:${values[at]}`);
          return `{${members.join(',') || blank}}`;
        }),
    ),
  }),
);

describe('ranges', () => {
  test('each element of any array stands where it is said to stand', () => {
    fc.assert(
      fc.property(array, (text) => {
        const found = findElements(text, skipSpace(text, 0));
        expect(found.map((range) => JSON.parse(text.slice(...range)))).toEqual(JSON.parse(text));
      }),
    );
  });

  test('each member of any object stands where it is said to stand', () => {
    fc.assert(
      fc.property(object, (text) => {
        const found = findMembers(text, skipSpace(text, 0));
        const members = [...(found ?? [])].map(([key, range]) => [
          key,
          JSON.parse(text.slice(...range)),
        ]);
        expect(Object.fromEntries(members)).toEqual(JSON.parse(text));
        expect(members).toHaveLength(Object.keys(JSON.parse(text)).length);
      }),
    );
  });

  test('a range is as narrow as can be', () => {
    fc.assert(
      fc.property(json, (text) => {
        const [range] = findElements(`[${text}]`, 0);
        expect(range && `[${text}]`.slice(...range)).toBe(text.trim());
      }),
    );
  });
});

test.for(['{"a":1,"a":2}', String.raw`{"a":1,"\u0061":2}`, '{"a":{},"b":1,"a":[]}'])(
  'a key that comes twice is refused: %s',
  (text) => {
    expect(findMembers(text, 0)).toBeUndefined();
  },
);

test('keys of the prototype are keys', () => {
  expect(findMembers('{"__proto__":1,"constructor":2}', 0)?.size).toBe(2);
});

test.for([
  '',
  '{',
  '{"a',
  '{"a"',
  '{"a":',
  '{"a":"',
  '{"a":[',
  '{"a":1',
  '{,}',
  '[',
  '[,]',
  '[}',
  'x',
])('text that is no JSON ends the search: %j', (text) => {
  expect(() => findElements(text, 0)).not.toThrow();
  expect(() => findMembers(text, 0)).not.toThrow(/range|stack/i);
});

test('a million characters, brackets or backslashes take no time to speak of', () => {
  const texts = ['x'.repeat(1e6), '\\'.repeat(1e6), '[{"'.repeat(3e5), '"'.repeat(1e6)];
  const json = JSON.stringify({ texts, deep: '1' });
  const started = performance.now();
  expect([...(findMembers(json, 0)?.keys() ?? [])]).toEqual(['texts', 'deep']);
  expect(performance.now() - started).toBeLessThan(2000);
});
