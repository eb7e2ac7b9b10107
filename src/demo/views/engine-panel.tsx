import type { JSX } from 'preact';
import { formatBytes, formatNoun } from '../format.js';
import type { SkimpHost, SkimpState } from '../skimp-host.js';
import { ModelBadge } from './model-badge.js';
import { useStore } from './use-store.js';

type EngineProps = { host: SkimpHost; onClear: () => void };

/** What runs and what is stored in this browser. */
export function EnginePanel({ host, onClear }: EngineProps): JSX.Element {
  const skimp = useStore(host.state);
  return (
    <section class="panel" aria-labelledby="engine-title">
      <h2 id="engine-title">In this browser</h2>
      <ModelBadge model="cache" host={host} />
      <dl class="rows">
        <div>
          <dt>Stored</dt>
          <dd data-testid="stored">{toStored(skimp)}</dd>
        </div>
      </dl>
      <div class="buttons">
        <button type="button" onClick={onClear}>
          Clear stored answers
        </button>
      </div>
    </section>
  );
}

function toStored({ usage, status }: SkimpState): string {
  if (usage === undefined) return '…';
  const where = status?.storage === 'memory' ? ', in memory only' : '';
  return `${formatNoun(usage.entries, 'entry', 'entries')}, ${formatBytes(usage.bytes)}${where}`;
}
