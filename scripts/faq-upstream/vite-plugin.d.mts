import type { ServerResponse } from 'node:http';
import type { Plugin } from 'vite';

/** A language model behind the same address: requests that name it are its own. */
export type LocalModel = {
  id: string;
  owner: string;
  answer(body: unknown, response: ServerResponse): Promise<void>;
};

/** Serves the FAQ under `/v1/` in `vite` and in `vite preview`, same origin as the page. */
export declare function faqUpstreamPlugin(options?: { localModel?: LocalModel }): Plugin;
