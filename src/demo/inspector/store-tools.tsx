import type { JSX, TargetedEvent } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import { ClearTool } from './clear-tool.js';
import type { InspectorSession, InspectorState } from './inspector-session.js';

type ToolsProps = { session: InspectorSession; state: InspectorState };

/** Export, import, clear, and what came of it. */
export function StoreTools({ session, state }: ToolsProps): JSX.Element {
  const title = useId();
  const { task, message } = state;
  return (
    <section class="panel tools" aria-labelledby={title}>
      <h2 id={title}>Keep or clear</h2>
      <div class="tool-row">
        <ExportTool session={session} isBusy={task !== undefined} />
        <ImportTool session={session} isBusy={task !== undefined} />
        <ClearTool session={session} />
      </div>
      {task && (
        <p class="buttons" data-testid="task">
          <span aria-busy="true">{task === 'export' ? 'Exporting' : 'Importing'}</span>
          <button type="button" onClick={session.cancel}>
            Cancel
          </button>
        </p>
      )}
      {message && (
        <p class={message.isFailed ? 'note note-failed' : 'note'} data-testid="result">
          {message.text}
        </p>
      )}
    </section>
  );
}

type ToolProps = { session: InspectorSession; isBusy: boolean };

function ExportTool({ session, isBusy }: ToolProps) {
  const [portable, setPortable] = useState(false);
  const hint = useId();
  return (
    <div class="tool">
      <button
        type="button"
        aria-disabled={isBusy}
        aria-describedby={hint}
        onClick={() => void session.exportEntries(portable)}
      >
        Export
      </button>
      <label class="tick">
        <input
          type="checkbox"
          checked={portable}
          onChange={(event) => setPortable(event.currentTarget.checked)}
        />
        for another browser
      </label>
      <p class="small" id={hint}>
        {portable
          ? 'Prompts and answers in clear, and this store’s secret: an empty store elsewhere can import it.'
          : 'Prompts and answers in clear. Only this browser can import it again.'}
      </p>
    </div>
  );
}

function ImportTool({ session, isBusy }: ToolProps) {
  const input = useRef<HTMLInputElement>(null);
  const hint = useId();
  const onChange = ({ currentTarget }: TargetedEvent<HTMLInputElement>) => {
    const file = currentTarget.files?.[0];
    currentTarget.value = ''; // the same file may be chosen again
    if (file) void session.importEntries(file);
  };
  return (
    <div class="tool">
      <button
        type="button"
        aria-disabled={isBusy}
        aria-describedby={hint}
        onClick={() => isBusy || input.current?.click()}
      >
        Import…
      </button>
      <input
        ref={input}
        type="file"
        accept=".jsonl,application/jsonl"
        aria-label="File to import"
        hidden
        onChange={onChange}
      />
      <p class="small" id={hint}>
        Takes a file that was exported. Newer answers stay, expired ones are left out.
      </p>
    </div>
  );
}
