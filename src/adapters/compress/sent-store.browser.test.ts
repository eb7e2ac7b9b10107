import { beforeEach, describe, expect, test } from 'vitest';
import type { SentTurn } from './sent-memory.js';
import { createSentStore, openSentStore } from './sent-store.js';

const text = 'The harbour was built in 1904, and nobody knows by whom. It closed in 1998.';
const sent: SentTurn = {
  texts: ['The harbour was built in 1904. It closed in 1998.', 'When?'],
  originalTokens: 20,
  sentTokens: 12,
};

beforeEach(() => sessionStorage.clear());

/** A clock that ticks with each turn that is kept. */
function open(storage: Storage = sessionStorage) {
  let now = 0;
  return createSentStore(storage, () => (now += 1));
}

const kept = () => Object.keys(sessionStorage).filter((name) => name.startsWith('skimp:sent:'));

test('how a turn was sent is known to the next page, and no word of it is kept', () => {
  open().save('a', [text, 'When?'], sent);
  open().save('b', [text], 'as-written');
  expect(open().load('a', [text, 'When?'])).toEqual(sent);
  expect(open().load('b', [text])).toBe('as-written');
  expect(open().load('c', [text])).toBeUndefined();
  expect(JSON.stringify(sessionStorage)).not.toMatch(/harbour|closed|When/);
});

test('what is not made by leaving words out is not kept', () => {
  open().save('a', [text], { ...sent, texts: ['The port was built in 1904.'] });
  expect(kept()).toEqual([]);
});

test('what is known of a turn is how it was sent last', () => {
  const store = open();
  store.save('a', [text, 'When?'], sent);
  store.save('a', [text, 'When?'], 'as-written');
  expect(store.load('a', [text, 'When?'])).toBe('as-written');
  store.save('a', [text, 'When?'], { ...sent, texts: ['The port was built.', 'When?'] });
  expect(store.load('a', [text, 'When?'])).toBeUndefined();
});

const tokens = '"originalTokens":2,"sentTokens":1';
test.for<readonly [string, string]>([
  ['no JSON', '1 cut'],
  ['nothing', ''],
  ['a number', '1 7'],
  ['cuts of a longer text', `1 {"cuts":[[500]],${tokens}}`],
  ['cuts of a shorter text', `1 {"cuts":[[3]],${tokens}}`],
  ['cuts of more texts', `1 {"cuts":[[75],[3]],${tokens}}`],
  ['cuts of a wrong kind', `1 {"cuts":[7],${tokens}}`],
  ['cuts with words', `1 {"cuts":[["pay", 75]],${tokens}}`],
  ['a word for cuts', `1 {"cuts":["pay"],${tokens}}`],
  ['tokens of a wrong kind', '1 {"cuts":[[75]],"originalTokens":"2","sentTokens":1}'],
])('%s in the storage is no knowledge', ([, value]) => {
  expect(text).toHaveLength(75);
  sessionStorage.setItem('skimp:sent:a', value);
  expect(open().load('a', [text])).toBeUndefined();
});

describe('room', () => {
  test('the oldest turns go past 500', () => {
    const store = open();
    for (let at = 0; at < 505; at += 1) store.save(`turn ${at}`, [text], 'as-written');
    expect(kept()).toHaveLength(500);
    expect(store.load('turn 4', [text])).toBeUndefined();
    expect(store.load('turn 5', [text])).toBe('as-written');
  });

  test('the oldest turns go past 500,000 characters', () => {
    const store = open();
    const words = Array.from({ length: 4000 }, (_, at) => `word${at}`);
    const long = {
      ...sent,
      texts: [words.filter((_, at) => at % 2 === 0).join(' ')],
    };
    for (let at = 0; at < 60; at += 1) store.save(`turn ${at}`, [words.join(' ')], long);
    const lengths = kept().map((name) => sessionStorage.getItem(name)?.length ?? 0);
    const total = lengths.reduce((sum, length) => sum + length, 0);
    expect(total).toBeLessThanOrEqual(500_000);
    expect(total).toBeGreaterThan(400_000);
    expect(store.load('turn 0', [words.join(' ')])).toBeUndefined();
    expect(store.load('turn 59', [words.join(' ')])).toEqual(long);
  });

  test('half of the turns go where the storage is full, and none of the app', () => {
    const store = open();
    for (let at = 0; at < 10; at += 1) store.save(`turn ${at}`, [text, 'When?'], sent);
    sessionStorage.setItem('app', 'x');
    fill();
    store.save('newest'.repeat(8), [text, 'When?'], sent);
    expect(store.load('newest'.repeat(8), [text, 'When?'])).toEqual(sent);
    expect(store.load('turn 0', [text, 'When?'])).toBeUndefined();
    expect(store.load('turn 9', [text, 'When?'])).toEqual(sent);
    expect(sessionStorage.getItem('app')).toBe('x');
  });

  test('an app that leaves none has a store that knows nothing', () => {
    fill();
    open().save('a', [text, 'When?'], sent);
    expect(open().load('a', [text, 'When?'])).toBeUndefined();
  });

  /** Fills the storage to its last character. */
  function fill(): void {
    for (let size = 4_000_000, at = 0; size >= 1; at += 1) {
      try {
        sessionStorage.setItem(`filler ${at}`, 'x'.repeat(size));
      } catch {
        size = Math.floor(size / 2);
      }
    }
  }
});

test('the tab has one, an app may bring another, or none', () => {
  openSentStore(undefined)?.save('a', [text], 'as-written');
  expect(kept()).toEqual(['skimp:sent:a']);
  expect(openSentStore(null)).toBeUndefined();
  const asynchronous = { getItem: async () => null, setItem: async () => {} };
  expect(openSentStore(asynchronous as unknown as Storage)).toBeUndefined();
  localStorage.clear();
  openSentStore(localStorage)?.save('b', [text], 'as-written');
  expect(Object.keys(localStorage)).toEqual(['skimp:sent:b']);
  localStorage.clear();
});
