import type { ComponentType } from 'preact';
import type { PageProps } from './page-props.js';
import type { Route } from './router.js';
import { ChatPage } from './views/chat-page.js';

/** A page: there at once, or fetched when it is first visited. */
export type PageSource =
  | { readonly kind: 'ready'; readonly component: ComponentType<PageProps> }
  | { readonly kind: 'lazy'; readonly load: () => Promise<ComponentType<PageProps>> };

/** Where each page comes from. */
export const pageSources: Readonly<Record<Route, PageSource>> = {
  chat: { kind: 'ready', component: ChatPage },
  compressor: {
    kind: 'lazy',
    load: async () => (await import('./compressor/compressor-page.js')).CompressorPage,
  },
  inspector: {
    kind: 'lazy',
    load: async () => (await import('./inspector/inspector-page.js')).InspectorPage,
  },
  charts: {
    kind: 'lazy',
    load: async () => (await import('./charts/charts-page.js')).ChartsPage,
  },
};
