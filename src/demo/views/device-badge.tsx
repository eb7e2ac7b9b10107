import type { JSX } from 'preact';
import { toBackendText, toModelState } from '../model-state.js';
import type { SkimpHost } from '../skimp-host.js';
import { ModelBadge } from './model-badge.js';
import { StatusWord } from './status-word.js';
import { useStore } from './use-store.js';

/** In the top bar: whether the models run and where; opened, all there is to know of them. */
export function DeviceBadge({ host }: { host: SkimpHost }): JSX.Element {
  const model = toModelState(useStore(host.state), 'cache');
  const backend = toBackendText(model);
  return (
    <div class="device">
      <button
        type="button"
        popovertarget="device-details"
        data-testid="status"
        data-status={model.state}
      >
        <StatusWord model={model} />
        {backend && <span class="device-backend">{backend}</span>}
        <span class="visually-hidden">: where the models run</span>
      </button>
      <div id="device-details" popover="auto" role="dialog" aria-label="Where the models run">
        <ModelBadge model="cache" host={host} />
        <ModelBadge model="compressor" host={host} />
      </div>
    </div>
  );
}
