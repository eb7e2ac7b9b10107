/**
 * All that a page needs: an optimizer, which the service worker asks. A service worker cannot have
 * workers of its own, so cache and models stay with the pages.
 */
import { createOptimizer } from 'skimp';
import { deadlineMs } from './limits.js';
import { CALL, HERE, WHO } from './messages.js';

const optimizer = createOptimizer({ scope: 'example', deadlineMs });
/** For the console: `await skimp.stats()`. */
globalThis.skimp = optimizer;

const { serviceWorker } = navigator;
const methods = new Set(['lookup', 'store', 'report']);

serviceWorker.addEventListener('message', ({ data, ports: [port] }) => {
  if (data?.type === WHO) sayHere();
  if (data?.type === CALL && methods.has(data.method)) void answer(data, port);
});
// The first visit gets its service worker late, an update replaces it.
serviceWorker.addEventListener('controllerchange', sayHere);
sayHere();
serviceWorker.startMessages();
await serviceWorker.register('/sw.js');

function sayHere() {
  serviceWorker.controller?.postMessage({ type: HERE });
}

async function answer({ method, args }, port) {
  try {
    port?.postMessage({ result: await optimizer[method](...args) });
  } catch (error) {
    port?.postMessage({ error: String(error) }); // the optimizer was closed
  }
}
