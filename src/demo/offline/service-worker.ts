/// <reference lib="webworker" />
import { type DemoFiles, toPlan } from './request-plan.js';

declare const self: ServiceWorkerGlobalScope;

/** Written here by the build: see `vite-plugin.ts`. */
declare const DEMO_FILES: DemoFiles;

const CACHE_NAME = 'skimp-demo';

/** A module is asked for with an origin and without one: it is the same file. */
const anyVariant = { ignoreVary: true };

self.addEventListener('install', (event) => {
  event.waitUntil(self.skipWaiting());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
  event.waitUntil(tidy());
});

/** The page asks for it once it runs: its own loading comes first. */
self.addEventListener('message', (event) => {
  if (event.data === 'keep-demo') event.waitUntil(keep());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const plan = toPlan(request, new URL(self.registration.scope), DEMO_FILES);
  if (plan === 'kept-first') event.respondWith(keptFirst(request));
  if (plan === 'network-first') event.respondWith(networkFirst(request));
});

/** For files whose names change with what they hold. */
async function keptFirst(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE_NAME);
  const kept = await cache.match(request.url, anyVariant);
  if (kept !== undefined) return kept;
  const response = await fetch(request);
  if (response.ok) {
    const copy = response.clone();
    await cache.put(request.url, copy).catch(() => {}); // a full disk: fetched again next time
  }
  return response;
}

/** For the page itself: the newest there is. */
async function networkFirst(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(self.registration.scope, anyVariant);
    if (kept === undefined) throw error;
    return kept;
  }
}

async function keep(): Promise<void> {
  const cache = await caches.open(CACHE_NAME);
  const scope = self.registration.scope;
  await cache.put(scope, await fetch(scope, { cache: 'no-cache' }));
  for (const file of DEMO_FILES.ahead) {
    const url = new URL(file, scope).href;
    if ((await cache.match(url, anyVariant)) === undefined) await cache.add(url);
  }
}

/** Removes what an earlier build left. */
async function tidy(): Promise<void> {
  const cache = await caches.open(CACHE_NAME);
  const { scope } = self.registration;
  const known = [...DEMO_FILES.ahead, ...DEMO_FILES.later, '.'];
  const current = new Set(known.map((file) => new URL(file, scope).href));
  for (const { url } of await cache.keys()) {
    if (!current.has(url)) await cache.delete(url);
  }
}
