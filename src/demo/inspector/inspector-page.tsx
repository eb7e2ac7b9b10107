import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { formatBytes, formatNoun } from '../format.js';
import type { PageProps } from '../page-props.js';
import { useStore } from '../views/use-store.js';
import { EntryList } from './entry-list.js';
import './inspector.css';
import { createInspectorSession } from './inspector-session.js';
import { saveFile } from './save-file.js';
import { StoreTools } from './store-tools.js';

/** Long enough for a hit to be counted, which no answer waits for. */
const SETTLE_MS = 150;

/** What is stored, and what can be done with it. */
export function InspectorPage({ host, announce, isActive }: PageProps): JSX.Element {
  const [session] = useState(() =>
    createInspectorSession({
      host,
      announce,
      settle: () => new Promise((resolve) => setTimeout(resolve, SETTLE_MS)),
      save: saveFile,
      now: Date.now,
    }),
  );
  const state = useStore(session.state);
  const { usage, status } = useStore(host.state);
  useEffect(() => (isActive ? session.watch() : undefined), [session, isActive]);
  useReturn(isActive, session.refresh);
  return (
    <div class="inspector">
      <h1 tabIndex={-1}>Inspector</h1>
      <p class="small" data-testid="usage">
        {usage
          ? `${formatNoun(usage.entries, 'answer')} stored in this browser, ${formatBytes(usage.bytes)}`
          : 'What is stored in this browser'}
        {status?.storage === 'memory' && ', in memory only: gone when the page is closed'}.
      </p>
      <StoreTools session={session} state={state} />
      <EntryList session={session} state={state} isActive={isActive} />
    </div>
  );
}

/** Calls `onReturn` whenever the user comes back to this tab: others may have changed the store. */
function useReturn(isActive: boolean, onReturn: () => Promise<void>): void {
  useEffect(() => {
    if (!isActive) return undefined;
    const listen = () => {
      if (document.visibilityState === 'visible') void onReturn();
    };
    document.addEventListener('visibilitychange', listen);
    return () => document.removeEventListener('visibilitychange', listen);
  }, [isActive, onReturn]);
}
