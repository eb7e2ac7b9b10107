import { afterEach, expect, test, vi } from 'vitest';
import type { TraceEvent } from '../shared/trace.js';
import { createEventBus } from './event-bus.js';

const event: TraceEvent = { at: 1, type: 'cache-clear', entries: 2 };
afterEach(() => vi.unstubAllGlobals());

test('a listener that throws is reported and does not keep the event from the others', () => {
  const reported: unknown[] = [];
  vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
  const seen: TraceEvent[] = [];
  const bus = createEventBus(() => {
    throw new Error('app defect');
  });
  bus.subscribe((received) => seen.push(received));
  bus.emit(event);
  expect(seen).toEqual([event]);
  expect(reported).toEqual([new Error('app defect')]);
});

test('after unsubscribing nothing comes', () => {
  const seen: TraceEvent[] = [];
  const bus = createEventBus(undefined);
  const unsubscribe = bus.subscribe((received) => seen.push(received));
  unsubscribe();
  bus.emit(event);
  expect(seen).toEqual([]);
});
