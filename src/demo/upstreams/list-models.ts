import { isRecord } from './is-record.js';

export type ModelServer = {
  /** Ends with the version, `/v1`. */
  readonly baseUrl: string;
  /** Empty: none is sent. */
  readonly apiKey: string;
};

/**
 * Asks an OpenAI-compatible server which models it has.
 *
 * @returns their names, in order; empty where the server does not say
 * @throws what `fetch` throws
 */
export async function listModels(
  fetch: typeof globalThis.fetch,
  { baseUrl, apiKey }: ModelServer,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const headers = apiKey === '' ? {} : { authorization: `Bearer ${apiKey}` };
  const response = await fetch(`${baseUrl}/models`, { headers, ...(signal && { signal }) });
  const body: unknown = response.ok ? await response.json().catch(() => undefined) : undefined;
  if (!isRecord(body) || !Array.isArray(body.data)) return [];
  return body.data.flatMap((model: unknown) =>
    isRecord(model) && typeof model.id === 'string' ? [model.id] : [],
  );
}
