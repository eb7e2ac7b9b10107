import { createFaqHandler } from './handler.mjs';

/**
 * Serves the FAQ under `/v1/` in `vite` and in `vite preview`, same origin as the page.
 *
 * @param {Parameters<typeof createFaqHandler>[0]} [options]
 * @returns {import('vite').Plugin}
 */
export function faqUpstreamPlugin(options) {
  const handler = createFaqHandler(options);
  return {
    name: 'skimp-faq-upstream',
    // The one that a script adds, with a model beside, answers before the configuration's own.
    ...(options?.localModel === undefined ? {} : { enforce: 'pre' }),
    configureServer: (server) => void server.middlewares.use(handler),
    configurePreviewServer: (server) => void server.middlewares.use(handler),
  };
}
