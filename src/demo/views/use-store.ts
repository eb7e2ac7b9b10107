import { useEffect, useState } from 'preact/hooks';
import type { Store } from '../store.js';

/** The value of a store; renders again when it changes. */
export function useStore<T extends object>(store: Store<T>): T {
  const [value, setValue] = useState(store.get);
  useEffect(() => {
    const read = () => setValue(store.get());
    read(); // it may have changed between render and effect
    return store.subscribe(read);
  }, [store]);
  return value;
}
