/** A language model's double: says its words, as long as nobody stops it. */

/**
 * @param {(signal: AbortSignal) => Promise<void>} [beforeWord] awaited before each
 * @returns {import('./open-generator.mjs').Generator}
 */
export function createTestGenerator(beforeWord = async () => {}) {
  return {
    async generate({ turns, maxTokens }, { signal, onText }) {
      const words = ['You ', 'said ', ...(turns.at(-1)?.text.split(/(?<= )/) ?? [])];
      const said = words.slice(0, maxTokens);
      for (const word of said) {
        await beforeWord(signal);
        signal.throwIfAborted();
        onText(word);
      }
      const usage = {
        prompt_tokens: 1,
        completion_tokens: said.length,
        total_tokens: said.length + 1,
      };
      return { finishReason: said.length < words.length ? 'length' : 'stop', usage };
    },
  };
}
