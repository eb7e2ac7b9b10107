import type { VectorRow } from './entry-store.js';

/** What tabs with the same store tell each other. */
export type TabMessage =
  | { readonly type: 'added'; readonly row: VectorRow; readonly embedder: string }
  | { readonly type: 'removed'; readonly keys: readonly string[] }
  /** A report moved this threshold: see threshold.ts. */
  | { readonly type: 'reported'; readonly threshold: string };

/** Hashes are made with another secret from here on: see {@link EntryStore.adoptSecret}. */
export type SecretMessage = { readonly type: 'secret' };

/** Keeps the in-memory index and threshold of each tab in step with the store that they share. */
export interface TabChannel {
  post(message: TabMessage | SecretMessage): void;
  close(): void;
}

/** @param databaseName - Tabs with the same store hear each other, others do not. */
export function openTabChannel(
  databaseName: string,
  onMessage: (message: TabMessage | SecretMessage) => void,
): TabChannel {
  const channel = new BroadcastChannel(`skimp:${databaseName}`);
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isTabMessage(data)) onMessage(data);
  });
  return {
    post: (message) => channel.postMessage(message),
    close: () => channel.close(),
  };
}

/** Another tab may run another version of skimp. */
function isTabMessage(data: unknown): data is TabMessage | SecretMessage {
  if (typeof data !== 'object' || data === null || !('type' in data)) return false;
  if (data.type === 'removed') return 'keys' in data && Array.isArray(data.keys);
  if (data.type === 'reported') return 'threshold' in data && typeof data.threshold === 'string';
  if (data.type === 'secret') return true;
  return data.type === 'added' && 'row' in data && 'embedder' in data;
}
