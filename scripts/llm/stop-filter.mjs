/**
 * Lets text through up to the stop text that is first complete. What may be the beginning of one is
 * held back until it is known.
 *
 * @param {readonly string[]} stops none of them empty
 */
export function createStopFilter(stops) {
  let held = '';
  return {
    /**
     * @param {string} text
     * @returns {{ text: string, isStopped: boolean }} what may be shown of all that came so far
     */
    push(text) {
      held += text;
      const at = findStop(held, stops);
      if (at !== undefined) return { text: held.slice(0, at), isStopped: true };
      const shown = held.length - countHeld(held, stops);
      const ready = held.slice(0, shown);
      held = held.slice(shown);
      return { text: ready, isStopped: false };
    },
    /** @returns {string} what was held back, and was no stop text */
    end: () => held,
  };
}

/**
 * @param {string} text
 * @param {readonly string[]} stops
 * @returns {number | undefined} where the one begins that ends first; of such, the longest
 */
function findStop(text, stops) {
  const found = stops
    .map((stop) => ({ at: text.indexOf(stop), length: stop.length }))
    .filter(({ at }) => at !== -1)
    .sort((a, b) => a.at + a.length - b.at - b.length || a.at - b.at);
  return found[0]?.at;
}

/**
 * @param {string} text
 * @param {readonly string[]} stops
 * @returns {number} length of the longest end of `text` that a stop text begins with
 */
function countHeld(text, stops) {
  const longest = Math.max(0, ...stops.map((stop) => stop.length - 1));
  for (let length = Math.min(longest, text.length); length > 0; length -= 1) {
    const end = text.slice(-length);
    if (stops.some((stop) => stop.startsWith(end))) return length;
  }
  return 0;
}
