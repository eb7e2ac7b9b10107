import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadWireFormat, wireNames } from './endpoints.js';
import { openCollector } from './test-collector.js';
import type { AnswerType, WireFormat } from './wire-format.js';

const toReplay = (stream: boolean) => ({
  stream,
  includeUsage: true,
  id: 'abc',
  at: 5_000,
  signal: undefined,
});

/** An answer told in a format and read back, as tapping would do it. */
async function passThrough(format: WireFormat, text: string, stream: boolean): Promise<string> {
  const response = format.replay({ text, model: 'm' }, toReplay(stream));
  const [type] = response.headers.get('content-type')?.split(';') ?? [];
  const collector = openCollector(format, type as AnswerType); // an unknown one has no collector
  const outcome = collector.push(new Uint8Array(await response.arrayBuffer()));
  const kept = outcome ?? collector.finish();
  return typeof kept === 'string' ? `not kept: ${kept}` : kept.text;
}

/** All but half characters, which no text on a wire may hold; often one that a format gives a meaning. */
const character = fc.oneof(
  fc.constantFrom('\n', '\r', '"', '\\', ':', '\0', '\u2028', '🎉'),
  fc
    .integer({ min: 0, max: 0x10ffff })
    .filter((code) => code < 0xd800 || code > 0xdfff)
    .map((code) => String.fromCodePoint(code)),
);
const anyText = fc
  .array(character, { minLength: 1, maxLength: 200 })
  .map((characters) => characters.join(''));

const texts = [
  'Yes.',
  ' leading and trailing blanks \n',
  'Grüße, 世界 🎉 👩‍👩‍👧',
  'data: [DONE]\n\nevent: x\r\n\r\ndata: {"type":"error"}',
  '{"json": ["\\u0041", "\\\\"]}',
  'a book\n'.repeat(1000),
];

describe.for(wireNames)('an answer collected from %s', (from) => {
  test.for(wireNames)('is the same text when it is replayed in %s', async (to) => {
    const [source, target] = await Promise.all([loadWireFormat(from), loadWireFormat(to)]);
    for (const [told, retold] of [
      [true, true],
      [true, false],
      [false, true],
      [false, false],
    ] as const) {
      for (const text of texts) {
        const collected = await passThrough(source, text, told);
        expect(await passThrough(target, collected, retold)).toBe(text);
      }
    }
  });

  test('is the same text, whatever it is', async () => {
    const format = await loadWireFormat(from);
    await fc.assert(
      fc.asyncProperty(anyText, fc.boolean(), async (words, stream) => {
        expect(await passThrough(format, words, stream)).toBe(words);
      }),
    );
  });
});
