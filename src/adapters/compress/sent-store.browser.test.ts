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

test.for([
  ['no JSON', 'cut'],
  ['nothing', 'null'],
  ['a number', '7'],
  ['cuts of another text', '{"at":1,"cuts":[[500]]}'],
  ['cuts of more texts', '{"at":1,"cuts":[[3],[3]]}'],
  ['cuts of a wrong kind', '{"at":1,"cuts":[7]}'],
])('%s in the storage is no knowledge', ([, value]) => {
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
  localStorage.clear();
  openSentStore(localStorage)?.save('b', [text], 'as-written');
  expect(Object.keys(localStorage)).toEqual(['skimp:sent:b']);
  localStorage.clear();
});
