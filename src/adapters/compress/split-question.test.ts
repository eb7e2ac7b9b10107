import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitQuestion } from './split-question.js';

const article = `The harbour was built in 1904. ${'Ships came and went, and nobody counted them. '.repeat(12)}It closed in 1998.`;
const second =
  `Later a museum moved in. ${'Its halls are large, and its cellars are larger. '.repeat(12)}`.trim();
const code = '```js\nfunction add(a, b) {\n\n  return a + b;\n}\n```';

const split = (text: string) => {
  const { question, context } = splitQuestion(text);
  return { question, context: context.map((range) => text.slice(...range)) };
};

describe('the question stands', () => {
  test.for([
    ['last, as a paragraph', `${article}\n\n${second}\n\nWhen did it close?`],
    ['last, after blank lines of blanks', `${article}\r\n \t\r\n${second}\n\nWhen did it close?\n`],
    ['last, in quotes', `${article}\n\n${second}\n\n"When did it close?"`, '"When did it close?"'],
    ['first, as a paragraph', `When did it close?\n\n${article}\n\n${second}`],
    ['after a greeting', `Hello,\n\nWhen did it close?\n\n${article}\n\n${second}`],
    ['before thanks', `${article}\n\n${second}\n\nWhen did it close?\n\nThanks a lot in advance!`],
    ['before a cue', `${article}\n\n${second}\n\nWhen did it close?\n\nAnswer:`],
    [
      'before an instruction',
      `${article}\n\n${second}\n\nWhen did it close?\n\nAnswer in one word.`,
    ],
    [
      'after a label',
      `${article}\n\n${second}\n\nQuestion: the year it closed`,
      'Question: the year it closed',
    ],
  ])('%s', ([, text = '', question]) => {
    const found = split(text);
    expect(found.question).toContain(question ?? 'When did it close?');
    expect(found.context).toEqual([
      text.slice(text.indexOf('The harbour'), text.indexOf(second) + second.length),
    ]);
  });

  test.for([
    ['last, as a sentence', `${article} When did it close?`],
    ['last, as a line', `${article}\nWhen did it close?`],
    ['last, as a line with a label', `Context: ${article}\nQuestion: When did it close?`],
    ['last, before a cue', `${article}\nQ: When did it close?\nA:`],
    ['last, before a cue and without a label', `${article}\nWhen did it close?\nAnswer: `],
    ['first, as a sentence', `When did it close? ${article}`],
    ['first, as a line', `When did it close?\n${article}`],
  ])('in one paragraph: %s', ([, text = '']) => {
    const { question, context } = split(text);
    expect(question).toContain('When did it close?');
    expect(question.length).toBeLessThan(60);
    expect(context.join()).toContain('nobody counted them');
    expect(context.join()).not.toContain('When did');
  });

  test.for([
    ['first', `Summarize the following article for a child:\n\n${article}`],
    ['first, in the same line', `Summarize the following article for a child: ${article}`],
    ['first, without a colon', `Please summarize the following article for a child.\n\n${article}`],
    ['last', `${article}\n\nSummarize this article for a child.`],
    ['last, with no verb that is known', `${article}\n\nNow the gist for a child.`],
  ])('as an instruction: %s', ([, text = '']) => {
    const { question, context } = split(text);
    expect(question).toContain('for a child');
    expect(context).toEqual([article]);
  });

  test('at both ends', () => {
    const text = `Use only the text.\n\nAnswer the question below.\n\n${article}\n\nWhen did it close?`;
    expect(split(text)).toEqual({ question: 'When did it close?', context: [article] });
    const twice = `When was it built?\n\n${article}\n\nWhen did it close?`;
    expect(split(twice).question).toBe('When was it built?\nWhen did it close?');
  });

  test('around code, whose blank lines part nothing', () => {
    expect(split(`What does this do?\n\n${code}`)).toEqual({
      question: 'What does this do?',
      context: [code],
    });
    expect(split(`${code}\n\nWhat does it return?`).context).toEqual([code]);
    expect(split(`${article}\n\n${code}`)).toEqual({
      question: `${article}\n\n${code}`,
      context: [],
    });
  });

  test('in scripts without blanks', () => {
    const chinese = '港口建于一九〇四年。'.repeat(30);
    expect(split(`${chinese}港口什么时候关闭？`).context).toEqual([chinese]);
    expect(split(`${chinese}\n\n请总结上文内容。`).question).toBe('请总结上文内容。');
  });
});

describe('there is no context', () => {
  test.for([
    ['in nothing', ''],
    ['in blanks', ' \n\n '],
    ['in a lone question', 'When did the harbour close?'],
    ['in two questions', 'When did the harbour close?\n\nAnd when was it built?'],
    ['in a lone instruction', 'Write a poem about a harbour.'],
    ['in an article that nothing is asked about', article],
    ['in two of them', `${article}\n\n${second}`],
  ])('%s', ([, text = '']) => {
    const found = split(text);
    expect(found).toEqual({ question: text.length > 1000 ? '' : text.trim(), context: [] });
  });
});

test('whatever the text, the context is of slices that the question is not in', () => {
  const asks = [
    '?',
    'Question:',
    'Answer:',
    'Thanks',
    'summarize ',
    'What is it',
    ': ',
    '. ',
    '。',
  ];
  const blanks = ['\n', '\n\n', '\r\n', ' ', '\t'];
  const others = [article, '```', '~~~\n', '\u{1f389}', '\ud83c', '"'];
  const pieces = fc.constantFrom(...asks, ...blanks, ...others);
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (all) => {
      const text = all.join('');
      const { context, question } = splitQuestion(text);
      let at = 0;
      for (const [start, end] of context) {
        expect(start).toBeGreaterThanOrEqual(at);
        expect(end).toBeGreaterThan(start);
        expect(text.slice(start, end).trim()).toBe(text.slice(start, end));
        at = end;
      }
      expect(at).toBeLessThanOrEqual(text.length);
      expect(context.length === 0 || question !== '').toBe(true);
    }),
    { numRuns: 300 },
  );
}, 30_000);

test.for([' ', '\n', '\n ', '? ', 'a\n\n', '```\n', 'summarize ', 'x', 'question', '. '])(
  'a million characters of %j take no time to speak of',
  (piece) => {
    const text = piece.repeat(1e6 / piece.length);
    const started = performance.now();
    splitQuestion(text);
    splitQuestion(`${text}\n\nWhat?`);
    expect(performance.now() - started).toBeLessThan(4000);
  },
);
