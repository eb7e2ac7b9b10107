import type { CompressionSettings } from './compress-options.js';
import { openDeadline } from './deadline.js';
import { createLoader } from './load-once.js';
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
  const loadOnce = createLoader(load);
  return async (prompt, signal) => {
    const deadline = openDeadline(deadlineMs, 'the prompt was not compressed', signal);
    try {
      const shorten = await untilAbort(loadOnce(), deadline.signal);
      return await shorten({ ...prompt, deadline: deadline.signal });
    } finally {
      deadline.close();
    }
  };
}
