import { createStore, type Store } from './store.js';

/** The pages, in the order of the navigation. */
export const routes = ['chat', 'compressor', 'inspector', 'charts'] as const;

/** See {@link routes}. */
export type Route = (typeof routes)[number];

export const routeTitles: Readonly<Record<Route, string>> = {
  chat: 'Chat',
  compressor: 'Compressor',
  inspector: 'Inspector',
  charts: 'Charts',
};

/** From the fragment of an address, such as `#/charts`; what names no page is the chat's. */
export function toRoute(hash: string): Route {
  const name = hash.replace(/^#\/?/, '').replace(/[/?].*$/, '');
  return routes.find((route) => route === name) ?? 'chat';
}

export function toHash(route: Route): string {
  return `#/${route}`;
}

/** The parts of `window` that a router listens to. */
export type RouterWindow = Pick<EventTarget, 'addEventListener'> & {
  readonly location: { readonly hash: string };
};

/** The page that the address names, now and whenever it changes. */
export function createRouter(view: RouterWindow): Store<{ readonly route: Route }> {
  const store = createStore({ route: toRoute(view.location.hash) });
  view.addEventListener('hashchange', () => store.update({ route: toRoute(view.location.hash) }));
  return store;
}
