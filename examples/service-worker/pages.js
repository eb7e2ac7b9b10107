import { HERE, WHO } from './messages.js';

/** Time in which a page must say that it has an optimizer, in milliseconds. */
const INTRODUCTION_MS = 100;

/**
 * Knows which pages have an optimizer, so that no request waits for one that has none.
 *
 * @param {ServiceWorkerGlobalScope} scope
 */
export function createPages(scope) {
  const ids = new Set();
  const waiting = new Map();

  scope.addEventListener('message', ({ data, source }) => {
    if (data?.type !== HERE) return;
    ids.add(source.id);
    waiting.get(source.id)?.();
  });

  /** Browsers end idle service workers: one that starts anew has to ask who is there. */
  const introductions = (async () => {
    for (const client of await scope.clients.matchAll({ type: 'window' })) {
      client.postMessage({ type: WHO });
    }
    await new Promise((resolve) => setTimeout(resolve, INTRODUCTION_MS));
  })();

  return {
    /** The page of a request, if it has an optimizer. */
    async find(id) {
      if (!ids.has(id)) {
        const isHere = new Promise((resolve) => waiting.set(id, resolve));
        await Promise.race([isHere, introductions]);
        waiting.delete(id);
      }
      if (!ids.has(id)) return undefined;
      const page = await scope.clients.get(id);
      if (page === undefined) ids.delete(id); // it was closed
      return page;
    },
  };
}
