import type { TraceEvent, TraceListener } from '../shared/trace.js';

/** Passes events to listeners, none of which can disturb the others or the request. */
export interface EventBus {
  emit(event: TraceEvent): void;
  /** @returns a function that unsubscribes. */
  subscribe(listener: TraceListener): () => void;
}

/** @param first - Subscribed from the start. */
export function createEventBus(first: TraceListener | undefined): EventBus {
  const listeners = new Set<TraceListener>(first === undefined ? [] : [first]);
  return {
    emit(event) {
      for (const listener of listeners) {
        try {
          listener(event);
        } catch (error) {
          reportError(error); // the app's own defect: visible in its console, harmless to the request
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
