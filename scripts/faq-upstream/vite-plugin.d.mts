import type { Plugin } from 'vite';

/** Serves the FAQ under `/v1/` in `vite` and in `vite preview`, same origin as the page. */
export declare function faqUpstreamPlugin(): Plugin;
