/** How long the page waits for its service worker, in milliseconds. */
const PATIENCE_MS = 1_000;

/**
 * Registers the demo's service worker, so that the next visit needs no network.
 *
 * @returns settles once it looks after this page, or cannot, or takes too long: what the page then
 *   fetches (the runtime of the models) is kept, too.
 */
export async function registerOffline(container: ServiceWorkerContainer): Promise<void> {
  if (container.controller !== null) {
    void container.register('/service-worker.js').catch(ignore); // a newer one, if there is
    return;
  }
  const controlled = new Promise<void>((resolve) => {
    container.addEventListener('controllerchange', () => resolve(), { once: true });
    setTimeout(resolve, PATIENCE_MS);
  });
  try {
    await container.register('/service-worker.js');
    await controlled;
  } catch {
    // Private windows and insecure contexts have none: the demo works while there is a network.
  }
}

/** Tells the service worker to keep what the page is made of. */
export async function keepDemo(container: ServiceWorkerContainer): Promise<void> {
  const { active } = await container.ready;
  active?.postMessage('keep-demo');
}

function ignore(): void {}
