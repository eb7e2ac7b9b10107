import { createFaqHandler } from './handler.mjs';

/**
 * Serves the FAQ under `/v1/` in `vite` and in `vite preview`, same origin as the page.
 *
 * @returns {import('vite').Plugin}
 */
export function faqUpstreamPlugin() {
  const handler = createFaqHandler();
  return {
    name: 'skimp-faq-upstream',
    configureServer: (server) => void server.middlewares.use(handler),
    configurePreviewServer: (server) => void server.middlewares.use(handler),
  };
}
