/** A value that can be watched: the state behind the page. */
export interface Store<T extends object> {
  get(): T;
  /** Merges `change` into the value and tells the listeners. */
  update(change: Partial<T>): void;
  /** @returns a function that unsubscribes. */
  subscribe(listener: () => void): () => void;
}

export function createStore<T extends object>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    update(change) {
      value = { ...value, ...change };
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
