/**
 * Makes a function that runs `work`, once at a time: asked for while it runs, it runs once more
 * afterwards. Failures are ignored.
 */
export function createRerun(work: () => Promise<void>): () => void {
  let isRunning = false;
  let isWanted = false;
  async function run(): Promise<void> {
    isRunning = true;
    while (isWanted) {
      isWanted = false;
      await work().catch(() => {});
    }
    isRunning = false;
  }
  return () => {
    isWanted = true;
    if (!isRunning) void run();
  };
}
