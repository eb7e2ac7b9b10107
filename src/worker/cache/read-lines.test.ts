import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLines } from './read-lines.js';

async function read(file: Blob, maxLength = Infinity) {
  const lines: (string | undefined)[] = [];
  for await (const line of readLines(file, maxLength)) lines.push(line);
  return lines;
}

/** A file that arrives in pieces of `size` bytes. */
function inPieces(text: string, size: number): Blob {
  const bytes = new TextEncoder().encode(text);
  const file = new Blob([bytes]);
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.slice(i * size, (i + 1) * size),
  );
  file.stream = () =>
    new ReadableStream({
      pull(controller) {
        const piece = pieces.shift();
        if (piece === undefined) controller.close();
        else controller.enqueue(piece);
      },
    });
  return file;
}

test('however a file arrives, its lines are those of its text', async () => {
  const text = fc
    .array(fc.string({ unit: 'grapheme' }), { minLength: 1 })
    .map((parts) => parts.join('\n'));
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 7 }), async (whole, size) => {
      fc.pre(!whole.startsWith('\ufeff'));
      const lines = whole.split('\n');
      if (lines.at(-1) === '') lines.pop();
      expect(await read(inPieces(whole, size))).toEqual(lines);
    }),
  );
});

test('a line that is too long is told, not kept, wherever the pieces end', async () => {
  for (const size of [1, 2, 3, 100]) {
    expect(await read(inPieces('ab\nabcd\nabc\n\nabcde', size), 3)).toEqual([
      'ab',
      undefined,
      'abc',
      '',
      undefined,
    ]);
  }
});

test('a reader that stops early leaves no stream locked', async () => {
  const file = new Blob(['a\nb\nc']);
  let isCancelled = false;
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode('a\n')),
    cancel: () => {
      isCancelled = true;
    },
  });
  file.stream = () => stream;
  const lines = readLines(file, 10);
  await lines.next();
  await lines.return();
  expect(isCancelled).toBe(true);
});
