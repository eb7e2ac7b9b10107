/** A prompt and the name of the response that answers it. */
export type ReplayRow = { readonly prompt: string; readonly cluster: string };

/** Where misses go, and how an answer tells which cluster it belongs to. */
export interface ReplayUpstream {
  readonly fetch: typeof fetch;
  /** What an app would send for the row. */
  toCall(row: ReplayRow): { readonly url: string; readonly init: RequestInit };
  /** Takes note of an answer that came from the upstream. */
  learn(answer: string, row: ReplayRow): void;
  /** The cluster of the row that an answer was made for. */
  clusterOf(answer: string): string | undefined;
}

/** About as long as a chat answer, so that the bytes stored mean something. */
const FILLER = ' It takes a few sentences to say it in full.'.repeat(10);

/** Answers at once, in the page: what is left of a call's time is skimp's. */
export function createLocalUpstream(): ReplayUpstream {
  return {
    fetch: async (_input, init) => {
      const { cluster } = JSON.parse(String(init?.body)).metadata;
      return Response.json({
        id: 'chatcmpl-replay',
        object: 'chat.completion',
        created: 0,
        model: 'replay',
        choices: [
          {
            index: 0,
            message: { role: 'assistant', content: `${cluster}\n${FILLER}` },
            finish_reason: 'stop',
          },
        ],
        usage: { prompt_tokens: 20, completion_tokens: 100, total_tokens: 120 },
      });
    },
    // Metadata has no part in the key, so the cluster tells the cache nothing.
    toCall: (row) => toCall(row, { metadata: { cluster: row.cluster } }),
    learn: () => {},
    clusterOf: (answer) => answer.split('\n', 1)[0],
  };
}

/** The FAQ of the demo's server. Its answers name no cluster, so the misses teach them. */
export function createFaqUpstream(latencyMs: number): ReplayUpstream {
  const clusters = new Map<string, string>();
  return {
    fetch: (input, init) => fetch(input, init),
    toCall: (row) => toCall(row, {}, { 'x-faq-latency-ms': String(latencyMs) }),
    learn: (answer, row) => void clusters.set(answer, row.cluster),
    clusterOf: (answer) => clusters.get(answer),
  };
}

function toCall({ prompt }: ReplayRow, extra: object, headers: Record<string, string> = {}) {
  const body = { model: 'replay', messages: [{ role: 'user', content: prompt }], ...extra };
  return {
    url: '/v1/chat/completions',
    init: {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    },
  };
}
