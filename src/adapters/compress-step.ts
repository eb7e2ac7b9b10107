import type { CompressionSettings } from './compress-options.js';
import { openDeadline } from './deadline.js';
import { untilAbort } from './until-abort.js';

/** What is shortened, and what ends that. */
type Given<Prompt> = Prompt & { readonly deadline: AbortSignal };

/**
 * Makes what runs the shortening of prompts within its deadline. Its code is fetched with the first
 * prompt.
 */
export function createCompressStep<Prompt, Sent>(
  { deadlineMs }: CompressionSettings,
  load: () => Promise<(given: Given<Prompt>) => Promise<Sent>>,
): (prompt: Prompt, signal: AbortSignal | undefined) => Promise<Sent> {
  let loading: ReturnType<typeof load> | undefined;

  async function loadOrForget() {
    try {
      return await load();
    } catch (error) {
      loading = undefined; // the network may be back at the next call
      throw error;
    }
  }

  return async (prompt, signal) => {
    const deadline = openDeadline(deadlineMs, 'the prompt was not compressed', signal);
    try {
      loading ??= loadOrForget();
      const shorten = await untilAbort(loading, deadline.signal);
      return await shorten({ ...prompt, deadline: deadline.signal });
    } finally {
      deadline.close();
    }
  };
}
