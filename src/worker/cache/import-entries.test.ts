import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTransferWorld } from './test-transfer.js';

type Fields = Record<string, unknown>;

/** A world with one entry, its file's header, and a way to write entries with a seal that fits. */
async function createForger() {
  const world = await createTransferWorld();
  await world.add('Capital of France?', 'Paris.');
  const text = await (await world.export({ portable: true })).text();
  const [header = '', line = ''] = text.split('\n');
  const { seal, ...entry } = JSON.parse(line) as Fields;
  await world.cache.clear(undefined);
  /** What somebody who has a portable file can write; `undefined` leaves a field out. */
  async function forge(change: Fields): Promise<string> {
    const changed = { ...entry, ...change };
    const fitting = await world.keyMaker.toSeal(changed as never); // a forger keeps to no type
    return JSON.stringify({ ...changed, seal: fitting });
  }
  const importLines = (...lines: readonly string[]) => world.import([header, ...lines].join('\n'));
  return { world, header, entry, seal, line, forge, importLines };
}

test.each<[string, Fields]>([
  ['the answer', { response: { text: 'Lyon.', model: 'm-1' } }],
  ['the prompt', { prompt: 'Capital of Spain?' }],
  ['the owner', { owner: 'a'.repeat(64) }],
  ['the expiry', { expiresAt: 1_000_000_000 }],
])('%s cannot be changed without the secret', async (_what, change) => {
  const { world, importLines, entry, seal } = await createForger();
  const line = JSON.stringify({ ...entry, ...change, seal });
  expect(await importLines(line)).toMatchObject({ imported: 0, reasons: { altered: 1 } });
  expect(await world.store.totals()).toMatchObject({ entries: 0 });
});

test('the order of fields, blanks and line ends do not matter, nor do fields that are unknown', async () => {
  const { importLines, line } = await createForger();
  const reversed = Object.fromEntries(Object.entries(JSON.parse(line) as Fields).toReversed());
  const spaced = JSON.stringify({ ...reversed, extra: 1 }).replaceAll('":', '" : ');
  expect(await importLines(`${spaced}\r`, '', '  ')).toMatchObject({ imported: 1, skipped: 0 });
});

test.each<[string, Fields]>([
  ['no key', { key: undefined }],
  ['a key that is no hash', { key: 'k1' }],
  ['a scope that is no hash', { scope: '__proto__' }],
  ['a prompt that is no text', { prompt: ['a'] }],
  ['an empty answer', { response: { text: '', model: 'm' } }],
  ['no answer', { response: null }],
  ['the name of a model as long as a book', { response: { text: 'a', model: 'm'.repeat(9_999) } }],
  ['a negative latency', { response: { text: 'a', model: 'm', latencyMs: -1 } }],
  [
    'usage that is no number',
    { response: { text: 'a', model: 'm', usage: { promptTokens: '1' } } },
  ],
  ['a time in the future', { createdAt: 1_000_000, expiresAt: 2_000_000 }],
  ['a time that is no number', { createdAt: 'now' }],
  ['an expiry beyond all numbers', { expiresAt: 1e300 }],
  ['negative hits', { hits: -1 }],
  ['half a hit', { hits: 0.5 }],
])('a line with %s is malformed, whoever sealed it', async (_what, change) => {
  const { world, importLines, forge } = await createForger();
  expect(await importLines(await forge(change))).toMatchObject({
    imported: 0,
    reasons: { malformed: 1 },
  });
  expect(await world.store.totals()).toMatchObject({ entries: 0, bytes: 0 });
});

test('numbers out of range are bounded: nothing outlives ttlMs or eviction', async () => {
  const { world, importLines, forge, entry } = await createForger();
  const usage = { promptTokens: 1e300, completionTokens: 5 };
  const response = { text: 'a', model: 'm', usage };
  const hits = Number.MAX_SAFE_INTEGER;
  const expiresAt = Number.MAX_SAFE_INTEGER;
  expect(await importLines(await forge({ response, hits, expiresAt }))).toMatchObject({
    imported: 1,
  });
  expect(await world.store.get(String(entry['key']))).toMatchObject({
    hits: 10_000,
    expiresAt: Number(entry['createdAt']) + world.ttlMs,
    response: { usage: { promptTokens: 10_000_000, completionTokens: 5 } },
  });
  const stored = await world.store.get(String(entry['key']));
  expect(stored?.priority).toBeLessThan(1e9);
});

test('a clock a little ahead is forgiven, and gains no life', async () => {
  const { world, importLines, forge, entry } = await createForger();
  const createdAt = world.now() + 60_000;
  await importLines(await forge({ createdAt, expiresAt: createdAt + world.ttlMs }));
  expect(await world.store.get(String(entry['key']))).toMatchObject({
    createdAt: world.now(),
    expiresAt: world.now() + world.ttlMs,
  });
});

test('a prototype in the file stays data', async () => {
  const { importLines, line } = await createForger();
  const poisoned = `{"__proto__":{"isPoisoned":true},"constructor":{"prototype":{"isPoisoned":true}},${line.slice(1)}`;
  expect(await importLines(poisoned)).toMatchObject({ imported: 1 });
  expect(Reflect.get({}, 'isPoisoned')).toBeUndefined();
});

test('a line of 100 MB is passed over, and the next one is read', async () => {
  const { world, importLines, header, line } = await createForger();
  const megabyte = 'x'.repeat(1_048_576);
  const file = new Blob([header, '\n"', ...Array<string>(100).fill(megabyte), '"\n', line]);
  expect(await world.import(file)).toMatchObject({ imported: 1, reasons: { 'too-large': 1 } });
  expect(await importLines(line)).toMatchObject({ imported: 0 });
});

test.each([
  ['nothing', ''],
  ['prose', 'Dear cache,\nplease'],
  ['JSON of something else', '{"format":"har"}'],
  ['a list', '[]'],
  ['another version', '{"format":"skimp-entries","version":2}'],
  ['a header without its id', '{"format":"skimp-entries","version":1,"exportedAt":1,"entries":1}'],
])('%s is refused', async (_what, text) => {
  const world = await createTransferWorld();
  expect(await world.import(text)).toEqual({ refused: expect.any(String) });
});

test('a secret that is not the one named is refused', async () => {
  const { header } = await createForger();
  const fields = JSON.parse(header) as Fields;
  const there = await createTransferWorld();
  const secret = 'ab'.repeat(64);
  expect(await there.import(JSON.stringify({ ...fields, secret }))).toEqual({
    refused: 'its header is broken',
  });
});

/** JSON with what breaks a careless reader: null bytes, halves of pairs, prototype keys, huge numbers. */
const anything = fc.oneof(
  fc.json(),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('{"__proto__":null}', '[[[[', '{"key":1e999}', '\ud800', '﻿', '{}', 'null'),
);
const fieldNames = [
  'key',
  'scope',
  'owner',
  'prompt',
  'response',
  'createdAt',
  'expiresAt',
  'hits',
];
const someChange = fc.dictionary(
  fc.constantFrom(...fieldNames, 'seal', '__proto__', 'bytes', 'priority', 'embedder'),
  fc.oneof(fc.jsonValue(), fc.double(), fc.integer(), fc.constant('f'.repeat(64))),
  { maxKeys: 3 },
);

test('whatever a file holds, the import ends, counts each line and leaves a sound store', async () => {
  const { world, importLines, forge } = await createForger();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(anything, someChange), { maxLength: 8 }), async (items) => {
      const lines = await Promise.all(
        items.map((item) => (typeof item === 'string' ? item.replaceAll('\n', ' ') : forge(item))),
      );
      const result = await importLines(...lines);
      if ('refused' in result) throw new Error(result.refused);
      const written = new TextDecoder().decode(new TextEncoder().encode(lines.join('\n')));
      expect(result.imported + result.skipped).toBe(
        written.split('\n').filter((line) => line.trim() !== '').length,
      );
      const stored = await world.store.list({ count: 1_000, now: -1 });
      const totals = await world.store.totals();
      expect(totals.entries).toBe(stored.length);
      expect(totals.bytes).toBe(stored.reduce((sum, { bytes }) => sum + bytes, 0));
      for (const entry of stored) {
        expect(entry.bytes).toBeGreaterThan(0);
        expect(Number.isFinite(entry.priority)).toBe(true);
        expect(entry.createdAt).toBeLessThanOrEqual(world.now());
        expect(entry.expiresAt).toBeLessThanOrEqual(entry.createdAt + world.ttlMs);
        expect(entry.embedder).toBe('');
      }
    }),
    { numRuns: 300 },
  );
});

test('whatever bytes a file holds, it is refused or read to its end', async () => {
  const world = await createTransferWorld();
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      const result = await world.import(new Blob([bytes]));
      expect('refused' in result).toBe(true);
    }),
  );
});
