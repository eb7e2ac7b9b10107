import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { ModelName } from '../model-size.js';
import { type ModelState, toBackendText, toModelState, toSizeText } from '../model-state.js';
import type { SkimpHost } from '../skimp-host.js';
import { StatusWord } from './status-word.js';
import { useStore } from './use-store.js';

type BadgeProps = { model: ModelName; host: SkimpHost };

const names: Readonly<Record<ModelName, string>> = {
  cache: 'Cache model',
  compressor: 'Compressor model',
};

/** One model: where it runs, its size before the download, progress, and what can be done. */
export function ModelBadge({ model, host }: BadgeProps): JSX.Element {
  const skimp = useStore(host.state);
  const state = toModelState(skimp, model);
  const backend = toBackendText(state);
  const size = toSizeText(state, skimp.sizes[model]);
  return (
    <div class="model-badge" data-model={model}>
      <p>
        <b>{names[model]}</b> <StatusWord model={state} />{' '}
        {backend && <span class="small">{backend}</span>}{' '}
        {state.state !== 'downloading' && size && <span class="small">{size}</span>}
      </p>
      {state.state === 'downloading' && <Download progress={state.progress} text={size} />}
      {state.reason && <p class="small">{state.reason}</p>}
      <Actions state={state} size={size} model={model} host={host} />
    </div>
  );
}

type DownloadProps = { progress: ModelState['progress']; text: string | undefined };

function Download({ progress, text }: DownloadProps) {
  const id = useId();
  return (
    <div class="download">
      <label for={id}>Download</label>
      <span>{text}</span>
      <progress
        id={id}
        value={progress?.loadedBytes}
        max={Math.max(progress?.totalBytes ?? 1, 1)}
      />
    </div>
  );
}

type ActionsProps = BadgeProps & { state: ModelState; size: string | undefined };

function Actions({ state: { state }, size, model, host }: ActionsProps) {
  const load = () => void host.load(model);
  if (state === 'downloading') {
    return (
      <button type="button" onClick={host.cancelDownload}>
        Cancel<span class="visually-hidden"> the download of the {names[model].toLowerCase()}</span>
      </button>
    );
  }
  if (state !== 'downloadable' && state !== 'unavailable') return null;
  return (
    <button type="button" onClick={load}>
      {state === 'unavailable' ? 'Try again' : `Download${size === undefined ? '' : ` ${size}`}`}
      <span class="visually-hidden">: {names[model].toLowerCase()}</span>
    </button>
  );
}
