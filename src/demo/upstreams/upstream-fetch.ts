import { AnswerError } from '../read-answer.js';
import { explainFailure } from './explain-failure.js';

/** A path that no server answers: requests to it go to the browser's own model. */
export const PROMPT_API_URL = '/prompt-api/v1/chat/completions';

/** The name that requests give; which model it is, only the browser knows. */
export const PROMPT_API_MODEL = 'prompt-api';

export type UpstreamFetchOptions = {
  readonly fetch: typeof fetch;
  /** Absent where the browser has no model. */
  readonly promptApiFetch: typeof fetch | undefined;
  readonly pageUrl: string;
  /** Whether there may be a network. */
  readonly isOnline: () => boolean;
};

/**
 * The `fetch` that misses go out by: to the browser's own model or over the network.
 *
 * @returns A `fetch`. Where a request does not get through, it rejects with an {@link AnswerError}
 *   that explains it to people.
 */
export function createUpstreamFetch({
  fetch,
  promptApiFetch,
  pageUrl,
  isOnline,
}: UpstreamFetchOptions): typeof fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (url.endsWith(PROMPT_API_URL) && promptApiFetch) return promptApiFetch(input, init);
    try {
      return await fetch(input, init);
    } catch (error) {
      const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
      if (signal?.aborted || !isOnline()) throw error; // the page says what is left without a network
      throw new AnswerError(explainFailure(error, url, pageUrl), { cause: error });
    }
  };
}
