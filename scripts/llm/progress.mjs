import { Transform } from 'node:stream';

const MEBIBYTE = 1024 * 1024;
/** A log gets a line at each of these shares of the whole; a terminal, more often, one line. */
const LOG_STEP = 0.25;
const TERMINAL_STEP = 0.01;

/**
 * A stream that passes bytes on and tells on stderr how far they are.
 *
 * @param {string} name
 * @param {number} total in bytes; 0 where it is not known
 * @param {{ isTTY?: boolean, write(text: string): unknown }} [output]
 */
export function createByteProgress(name, total, output = process.stderr) {
  const isLine = output.isTTY === true;
  const step = Math.max(MEBIBYTE, total * (isLine ? TERMINAL_STEP : LOG_STEP));
  let bytes = 0;
  let told = 0;
  const tell = () => {
    told = bytes;
    const text = `${name}: ${toMebibytes(bytes)}${total > 0 ? ` of ${toMebibytes(total)}` : ''} MiB`;
    output.write(isLine ? `\r${text}\u001B[K` : `${text}\n`);
  };
  return new Transform({
    transform(chunk, _encoding, done) {
      bytes += chunk.length;
      if (bytes - told >= step) tell();
      done(null, chunk);
    },
    flush(done) {
      if (bytes !== told) tell();
      if (isLine) output.write('\n');
      done();
    },
  });
}

/** @param {number} bytes */
function toMebibytes(bytes) {
  return (bytes / MEBIBYTE).toFixed(1);
}
