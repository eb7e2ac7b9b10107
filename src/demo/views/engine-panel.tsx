import type { ComponentChildren, JSX } from 'preact';
import type { OptimizerStatus } from '../../shared/status.js';
import { formatBytes, formatNoun } from '../format.js';
import type { SkimpState } from '../skimp-host.js';

type EngineProps = { skimp: SkimpState; onClear: () => void };

/** Where the model runs, how far its download is, and what is stored. */
export function EnginePanel({ skimp, onClear }: EngineProps): JSX.Element {
  const { status } = skimp;
  return (
    <section class="panel" aria-labelledby="engine-title">
      <h2 id="engine-title">In this browser</h2>
      <dl class="rows">
        <Fact name="Semantic tier">
          <StatusWord status={status} />
        </Fact>
        <Fact name="Back end" testId="backend">
          {toBackend(status)}
        </Fact>
        <Fact name="Model">{status?.model ?? 'none yet'}</Fact>
        <Fact name="Stored" testId="stored">
          {toStored(skimp)}
        </Fact>
      </dl>
      {status?.progress && <Download progress={status.progress} />}
      <p class="small">{status?.reason ?? 'skimp is starting.'}</p>
      <div class="buttons">
        <button type="button" onClick={onClear}>
          Clear stored answers
        </button>
      </div>
    </section>
  );
}

type FactProps = { name: string; testId?: string; children: ComponentChildren };

function Fact({ name, testId, children }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd data-testid={testId}>{children}</dd>
    </div>
  );
}

function toStored({ usage, status }: SkimpState): string {
  if (usage === undefined) return '…';
  const where = status?.storage === 'memory' ? ', in memory only' : '';
  return `${formatNoun(usage.entries, 'entry', 'entries')}, ${formatBytes(usage.bytes)}${where}`;
}

/** `WASM, q8`, or what stands in its place. */
export function toBackend(status: OptimizerStatus | undefined): string {
  if (status?.backend === undefined) return 'none yet';
  const name = status.backend === 'webgpu' ? 'WebGPU' : 'WASM';
  return status.dtype === undefined ? name : `${name}, ${status.dtype}`;
}

export function StatusWord({ status }: { status: OptimizerStatus | undefined }): JSX.Element {
  const word = status?.semantic ?? 'starting';
  return (
    <span class="status" data-status={word} data-testid="status">
      {word}
    </span>
  );
}

function Download({ progress }: { progress: NonNullable<OptimizerStatus['progress']> }) {
  const { loadedBytes, totalBytes } = progress;
  return (
    <div class="download">
      <label for="download">Model download</label>
      <span>
        {formatBytes(loadedBytes)} of {formatBytes(totalBytes)}
      </span>
      <progress id="download" value={loadedBytes} max={Math.max(totalBytes, 1)} />
    </div>
  );
}
