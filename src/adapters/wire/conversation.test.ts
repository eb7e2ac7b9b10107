import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadConversationReader } from '../compress/conversation-readers.js';
import type { WireName } from './endpoints.js';

const url = new URL('https://api.example/v1/x');
const word = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.constantFrom('é"\\', '🎉', '\u2028', '{"text":"', '","content":"', ']}'),
);
const words = fc.array(word, { maxLength: 3 });
/** Whether a message of one text is a string or a list, or has an image beside; and its place. */
const shape = fc.record({ texts: words, isList: fc.boolean(), hasImage: fc.boolean() });
const toContent = (
  { texts, isList, hasImage }: typeof shape extends fc.Arbitrary<infer T> ? T : never,
  type: string,
) =>
  texts.length === 1 && !isList
    ? texts[0]
    : [...texts.map((text) => ({ type, text })), ...(hasImage ? [{ type: 'image', text: 1 }] : [])];

const turns = fc.array(fc.tuple(fc.constantFrom('user', 'tool', 'assistant'), shape), {
  maxLength: 5,
});

/** The body of a conversation, in each format. */
const writers: Readonly<
  Record<string, (role: string, content: (type: string) => unknown) => object>
> = {
  'openai-chat': (role, content) => ({ role, content: content('text') }),
  'openai-responses': (role, content) =>
    role === 'tool'
      ? { type: 'function_call_output', call_id: 'c', output: content('input_text') }
      : { role, content: content('input_text') },
  'anthropic-messages': (role, content) =>
    role === 'tool'
      ? { role: 'user', content: [{ type: 'tool_result', content: content('text') }] }
      : { content: content('text'), role },
};

test.for(Object.entries(writers))(
  'each text of any conversation in %s stands where it is said to stand',
  async ([name, write]) => {
    const read = await loadConversationReader(name as WireName); // the names above
    fc.assert(
      fc.property(turns, fc.constantFrom(undefined, 1, '\t'), (said, indent) => {
        const messages = said.map(([role, content]) =>
          write(role, (type) => toContent(content, type)),
        );
        const list = name === 'openai-responses' ? { input: messages } : { messages };
        const body = JSON.stringify({ system: 'x', ...list, model: 'm' }, null, indent);
        const found = read(url, body)?.turns.flatMap((turn) => turn.texts) ?? [];
        expect(found.map(({ text }) => text)).toEqual(said.flatMap(([, { texts }]) => texts));
        expect(found.map(({ range }) => JSON.parse(body.slice(...range)))).toEqual(
          found.map(({ text }) => text),
        );
        const borders = found.flatMap(({ range }) => range);
        expect(borders).toEqual(borders.toSorted((a, b) => a - b));
      }),
    );
  },
);
