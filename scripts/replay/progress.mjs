/**
 * Tells on stderr how far a run is.
 *
 * @param {number} total rows
 * @returns {(done: number) => void}
 */
export function createProgress(total) {
  const startedAt = performance.now();
  let lastAt = startedAt;
  return (done) => {
    const now = performance.now();
    // A terminal's line is overwritten; a log gets one every ten seconds.
    if (!process.stderr.isTTY && now - lastAt < 10_000) return;
    lastAt = now;
    const text = `${done} of ${total} rows, ${Math.round((done * 1000) / (now - startedAt))} a second`;
    process.stderr.write(process.stderr.isTTY ? `\r${text} ` : `${text}\n`);
    if (process.stderr.isTTY && done === total) process.stderr.write('\n');
  };
}
