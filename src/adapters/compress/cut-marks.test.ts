import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutMarks } from './cut-marks.js';

const cut = (body: string) => cutMarks(body, 'openai-chat');

describe('a mark is cut out of its message, and not a byte beside it', () => {
  test.for([
    ['last', '{"role":"user","compress":false}', '{"role":"user"}'],
    ['first', '{"compress":false,"role":"user"}', '{"role":"user"}'],
    ['between', '{"role":"user","compress":true,"content":"x"}', '{"role":"user","content":"x"}'],
    ['alone', '{ "compress" : false }', '{  }'],
    ['last, with blanks', '{ "role" : "user" ,\n "compress" : false }', '{ "role" : "user" }'],
    ['first, with blanks', '{ "compress" :\tfalse , "role":"user"}', '{ "role":"user"}'],
    ['escaped', String.raw`{"\u0063ompress":false,"role":"a\"b"}`, String.raw`{"role":"a\"b"}`],
  ] as const)('%s', ([, message, expected]) => {
    const toBody = (text: string) =>
      ` { "a":[1, {"compress":false}] , "messages" : [ {"x":"é"} , ${text}, [], 1 ] ,"b":"🎉"}\n`;
    expect(cut(toBody(message))).toBe(toBody(expected));
  });

  test('of any message of any body', () => {
    const field = fc
      .tuple(
        fc.string({ maxLength: 8 }).filter((key) => key !== 'compress'),
        fc.jsonValue(),
      )
      .filter(([key]) => key !== '__proto__');
    const message = fc.record({
      before: fc.array(field, { maxLength: 3 }),
      after: fc.array(field, { maxLength: 3 }),
      mark: fc.constantFrom([], [['compress', false]], [['compress', true]]),
    });
    const body = fc.tuple(
      fc.array(message, { maxLength: 4 }),
      fc.dictionary(fc.string(), fc.jsonValue()),
    );
    const space = fc.constantFrom(undefined, 1, '\t');
    fc.assert(
      fc.property(body, space, ([messages, { compress, messages: _messages, ...rest }], indent) => {
        const write = (isMarked: boolean) => ({
          rest,
          compress,
          messages: messages.map(({ before, mark, after }) => {
            const taken = new Set(before.map(([key]) => key));
            const others = after.filter(([key]) => !taken.has(key));
            return Object.fromEntries([...before, ...(isMarked ? mark : []), ...others]);
          }),
        });
        const marked = JSON.stringify(write(true), null, indent);
        expect(JSON.parse(cut(marked))).toEqual(JSON.parse(JSON.stringify(write(false))));
        const packed = JSON.stringify(write(true));
        expect(cut(packed)).toBe(JSON.stringify(write(false)));
      }),
    );
  });
});

describe('what is no mark stays', () => {
  test.for([
    '',
    'compress',
    '[{"compress":false}]',
    '{"messages":"compress"}',
    '{"compress":false,"messages":[]}',
    '{"messages":{"compress":false}}',
    '{"messages":[{"compress":"zip"},{"compress":null},{"compress":0}]}',
    '{"messages":[{"content":[{"compress":false}],"x":{"compress":false}}]}',
    '{"messages":[{"content":"\\"compress\\":false"}]}',
    '{"messages":[{"compress":false,"compress":false}]}',
    '{"messages":[{"compress":false}],"messages":[]}',
    '{"messages":[{"compress":false}]',
    '{"input":[{"compress":false}]}',
  ])('%s', (body) => {
    expect(cut(body)).toBe(body);
  });
});

test('turns are looked for where the format has them', () => {
  const body = '{"input":[{"compress":false}],"messages":[{"compress":false}]}';
  const [inInput, inMessages] = [
    '{"input":[{}],"messages":[{"compress":false}]}',
    '{"input":[{"compress":false}],"messages":[{}]}',
  ];
  expect(cutMarks(body, 'openai-responses')).toBe(inInput);
  expect(cutMarks(body, 'anthropic-messages')).toBe(inMessages);
  expect(cutMarks(body, 'openai-chat')).toBe(inMessages);
  const text = '{"input":"compress"}';
  expect(cutMarks(text, 'openai-responses')).toBe(text);
});
