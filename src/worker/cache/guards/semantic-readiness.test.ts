import { expect, test } from 'vitest';
import { toSemanticReadiness } from './semantic-readiness.js';

test.each([
  ['How do I reset my password?'],
  ['What does "invalid token" mean?'],
  ['Why is C++ (and C#) so popular? Is it the speed & control?'],
  ['Wie backe ich Brot?'],
  ['東京の人口は?'],
  ['How do I use the `map` function in JavaScript?'],
  ['Is a < b && b < c valid in Python?'],
  ['Fix: user@example.com bounces, see https://example.com/help?id=5'],
  ['Write an email to Ann;\nsay thanks;\nkeep it short'],
])('prose goes to the semantic tier: %s', (text) => {
  expect(toSemanticReadiness(text)).toBe('ok');
});

test.each([
  ['no-words', ''],
  ['no-words', '   \n\t'],
  ['no-words', '🎉🎉🎉'],
  ['no-words', '?!... --- ///'],
  ['no-words', '12 + 30 = 42'],
  ['structured', '{"name": "Ann", "age": 5}'],
  ['structured', '[1, 2, {"deep": true}]'],
  ['structured', '<?xml version="1.0"?><a><b>text</b></a>'],
  ['structured', 'Summarise this: {"name": "Ann", "age": 5} please'],
  ['structured', 'What is wrong here? <ul><li>one</li><li>two</li></ul>'],
  ['code', 'Explain this\n```\nprint(1)\n```'],
  ['code', 'const a = 1;\nconst b = 2;\nif (a) {\n  run(b);\n}'],
  ['code', 'def add(a, b):\n    return (a + b)\nclass Box:\n    pass\nfor x in y:\n    go()'],
  ['code', 'xs[ii] = {aa: (bb => cc[dd])(ee)};'],
  ['encoded', `decode ${'aGVsbG8gd29ybGQh'.repeat(8)}`],
  ['encoded', 'a'.repeat(10_000)],
])('%s never goes to the semantic tier: %s', (readiness, text) => {
  expect(toSemanticReadiness(text)).toBe(readiness);
});

test.each(['<', '</a', '"a" ', '{', 'a;\n', '🎉', 'ab ', '= ', "'"])(
  'ten thousand characters of %j are judged',
  (part) => {
    expect(toSemanticReadiness(part.repeat(10_000 / part.length))).toBeTypeOf('string');
  },
);
