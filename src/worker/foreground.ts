/** Work that users wait for, which what runs in the background lets pass. */
export interface Foreground {
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when what runs at this moment has ended, whether well or not. */
  settled(): Promise<void>;
}

export function createForeground(): Foreground {
  const running = new Set<Promise<unknown>>();
  return {
    async run(work) {
      const result = work();
      running.add(result);
      try {
        return await result;
      } finally {
        running.delete(result);
      }
    },
    async settled() {
      await Promise.allSettled(running);
    },
  };
}
