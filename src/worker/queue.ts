/** Runs asynchronous tasks one after another. */
export interface Queue {
  /** Runs `task` when all tasks before it have ended, whether well or not. */
  run<T>(task: () => Promise<T>): Promise<T>;
}

/** ONNX Runtime never settles two calls in flight on WebGPU: inference goes through one queue. */
export function createQueue(): Queue {
  let tail: Promise<unknown> = Promise.resolve();
  return {
    run(task) {
      const result = tail.then(task);
      tail = result.catch(() => {}); // a failed task must not stop the next one
      return result;
    },
  };
}
