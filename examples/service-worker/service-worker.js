/**
 * Answers chat completions from the cache of the page that asks, before they leave the browser. In
 * every doubt the request goes out as the app wrote it.
 */
import { createSkimpFetch } from 'skimp/fetch';
import { createPages } from './pages.js';
import { createPageOptimizer } from './page-optimizer.js';

const pages = createPages(globalThis);

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) => {
  const { request, clientId } = event;
  const isChat = new URL(request.url).pathname.endsWith('/chat/completions');
  if (request.method === 'POST' && isChat) event.respondWith(answer(request, clientId));
});

async function answer(request, clientId) {
  const page = await pages.find(clientId);
  if (page === undefined) return fetch(request);
  return createSkimpFetch(createPageOptimizer(page), (...args) => fetch(...args))(request);
}
