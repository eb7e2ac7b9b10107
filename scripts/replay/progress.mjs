/**
 * Tells on stderr how far a run is.
 *
 * @param {number} [total] rows; left out where they are not known
 * @returns {(done: number, detail?: string) => void} `detail`: how far the row in work is
 */
export function createProgress(total) {
  const startedAt = performance.now();
  let lastAt = startedAt;
  // A terminal's line is overwritten, if it is known which one is the last.
  const isLine = process.stderr.isTTY && total !== undefined;
  return (done, detail) => {
    const now = performance.now();
    // A log gets one every ten seconds.
    if (!isLine && now - lastAt < 10_000) return;
    lastAt = now;
    const text = toText(done, total, (done * 1000) / (now - startedAt));
    const full = detail === undefined ? text : `${text}, ${detail}`;
    // What an earlier, longer text left of the line is erased.
    process.stderr.write(isLine ? `\r${full} \u001B[K` : `${full}\n`);
    if (isLine && done === total) process.stderr.write('\n');
  };
}

/**
 * @param {number} done
 * @param {number | undefined} total
 * @param {number} rate rows a second
 */
function toText(done, total, rate) {
  const rows = total === undefined ? `${done} rows` : `${done} of ${total} rows`;
  return `${rows}, ${rate < 10 ? rate.toFixed(1) : Math.round(rate)} a second`;
}
