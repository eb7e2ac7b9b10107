import fc from 'fast-check';
import { expect, test } from 'vitest';
import { json } from './json.js';
import { describeRule } from './test-rule.js';

describeRule(json, [
  'Body: ⟦{"a": [1, 2, {"b": null}], "c": "d } e"}⟧ and text',
  '⟦["a", "b"]⟧\n⟦{"a":1}⟧⟦{"b":2}⟧\n⟦[1.5, -2e3, true]⟧',
  'spans\n⟦{\n  "a": {\n    "b": []\n  }\n}⟧\nlines',
  'cites [1], [2, 3] and [10,11,12], boxes [ ] and [x], empty [] {} and { }',
  'rows["name"] call()["b"] a[0]["c"]',
  'broken {"a": ⟦{"b": 1}⟧, c: 2} and [⟦{"a": 1}⟧, oops]',
  'broken {"a": 1,} [1 2 {"a" "b"} {"a": 01} ["a\nb"] ["\\x"] [tru] {1: 2} [1,, 2]',
  'open {"a": {"b": ⟦["c"]⟧, "d": "e',
  'open {"note: ⟦{"a": 1}⟧',
  'words {in braces} [in brackets] {"alone"}',
  '⟦["\\ud83d\\ude00 \\" 😀"]⟧',
]);

test('any object or array is found in any prose', () => {
  const value = fc.oneof(
    fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }),
    fc.array(fc.string(), { minLength: 1 }),
  );
  const layout = fc.constantFrom(undefined, 2, '\t');
  fc.assert(
    fc.property(value, layout, fc.lorem(), (data, indent, prose) => {
      const text = JSON.stringify(data, undefined, indent);
      const start = prose.length + 2;
      const found = [...json.find(`${prose}: ${text} ${prose}`)];
      expect(found).toEqual([[start, start + text.length]]);
    }),
  );
});

test('what is found is JSON', () => {
  const tokens = fc.constantFrom(...'{}[]:,"\\'.split(''), '"a"', '1', '-', 'null', ' ', '\n', 'x');
  fc.assert(
    fc.property(fc.array(tokens, { maxLength: 60 }), (parts) => {
      const text = parts.join('');
      for (const range of json.find(text))
        expect(() => JSON.parse(text.slice(...range)) as unknown).not.toThrow();
    }),
  );
});
