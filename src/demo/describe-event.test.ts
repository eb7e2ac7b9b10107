import { expect, test } from 'vitest';
import type { TraceEvent } from '../shared/trace.js';
import { appendEvent, describeEvent, type LogEvent, MAX_EVENTS } from './describe-event.js';

function createDownload(at: number, loadedBytes: number): TraceEvent {
  const progress = { loadedBytes, totalBytes: 2_000 };
  return { at, type: 'status-change', semantic: 'downloading', reason: 'first visit', progress };
}

test('the log keeps the newest 50 events', () => {
  let events: readonly LogEvent[] = [];
  for (let at = 0; at < 60; at += 1) {
    events = appendEvent(events, { at, type: 'cache-skip', reason: 'no-store' });
  }
  expect(events).toHaveLength(MAX_EVENTS);
  expect(events[0]?.at).toBe(10);
});

test('a download takes one line, however often it reports', () => {
  const note: LogEvent = { at: 0, type: 'note', text: 'hello' };
  const first = appendEvent([note], createDownload(1, 500));
  const second = appendEvent(first, createDownload(2, 1_500));
  expect(second).toEqual([note, createDownload(2, 1_500)]);
  expect(describeEvent(createDownload(2, 1_500))).toBe('downloading: 1.5 kB of 2 kB');
});

test('a miss names its reason, the guard and the time', () => {
  const nearest = {
    similarity: 0.97,
    risk: 0.2,
    matchedPrompt: 'a',
    ageMs: 0,
    guard: { guard: 'numbers', detail: '5 / 20', veto: true },
  } as const;
  const event: TraceEvent = { at: 0, type: 'cache-miss', reason: 'guard', nearest, lookupMs: 12.3 };
  expect(describeEvent(event)).toBe('guard, numbers, in 12 ms');
});

test('a line never holds the key of an entry', () => {
  const events: readonly TraceEvent[] = [
    { at: 0, type: 'cache-store', key: 'secret', bytes: 640 },
    { at: 0, type: 'wrong-hit', key: 'secret' },
    { at: 0, type: 'cache-remove', key: 'secret' },
  ];
  const removed = 'the entry is removed';
  expect(events.map(describeEvent)).toEqual(['640 B', removed, removed]);
});

test('an import tells what came in and what did not', () => {
  const event: TraceEvent = { at: 0, type: 'cache-import', imported: 1, skipped: 2 };
  expect(describeEvent(event)).toBe('1 entry, 2 lines skipped');
});
