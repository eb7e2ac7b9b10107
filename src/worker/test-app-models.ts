import { createReadStream, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const folder = fileURLToPath(new URL('../../public/models/skimp-same-response', import.meta.url));

/**
 * Serves a model of an app's own at `/app-models/minilm/`, in the folders that transformers.js wants,
 * so that what is fetched for the app can be told from what is for skimp.
 */
export function appModels(): Plugin {
  return {
    name: 'app-models',
    configureServer({ middlewares }) {
      middlewares.use('/app-models', ({ url = '' }, reply) => {
        const path = /^\/minilm((?:\/[\w-][\w.-]*)+)$/.exec(url.split('?')[0] ?? '')?.[1] ?? '';
        if (path === '' || !existsSync(folder + path)) {
          reply.statusCode = 404;
          reply.end();
          return;
        }
        createReadStream(folder + path).pipe(reply);
      });
    },
  };
}
