import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { StoredEntry } from '../../shared/stored-entry.js';
import { formatNoun } from '../format.js';
import { EntryTable } from './entry-table.js';
import { filterEntries } from './filter-entries.js';
import type { InspectorSession, InspectorState } from './inspector-session.js';
import { useNow } from './use-now.js';
import { useRowFocus } from './use-row-focus.js';

type ListProps = { session: InspectorSession; state: InspectorState; isActive: boolean };

/** The stored answers: a filter, a table, and the way to the next page. */
export function EntryList({ session, state, isActive }: ListProps): JSX.Element {
  const [filter, setFilter] = useState('');
  const now = useNow(isActive);
  const { list, heading, focusRow } = useRowFocus();
  const title = useId();
  const { entries, hasMore, isLoaded, error } = state;
  const shown = filterEntries(entries, filter);

  /** The focus goes to the next row's button, or the one before; to the heading from the last row. */
  async function drop({ key }: StoredEntry): Promise<void> {
    const row = shown.findIndex((entry) => entry.key === key);
    const neighbour = shown[row + 1] ?? shown[row - 1];
    await session.remove(key);
    focusRow(neighbour, '[data-drop]');
  }

  /** The focus goes on where the new rows begin: the button may be gone by then. */
  async function more(): Promise<void> {
    await session.more();
    focusRow(session.state.get().entries[entries.length], 'summary');
  }

  return (
    <section ref={list} class="panel" aria-labelledby={title}>
      <div class="list-head">
        <h2 ref={heading} id={title} tabIndex={-1}>
          Stored answers
        </h2>
        {entries.length > 0 && <Filter value={filter} onChange={setFilter} />}
      </div>
      {error && <Failure error={error} onRetry={() => void session.refresh()} />}
      {!isLoaded && !error && <p aria-busy="true">Reading what is stored</p>}
      {isLoaded && entries.length === 0 && <Empty />}
      <p class="small" data-testid="shown" hidden={entries.length === 0}>
        {toCountText(shown.length, entries.length, hasMore)}
      </p>
      {shown.length > 0 && (
        <EntryTable entries={shown} now={now} onDrop={(entry) => void drop(entry)} />
      )}
      {hasMore && (
        <p class="buttons">
          <button type="button" onClick={() => void more()}>
            More
          </button>
        </p>
      )}
    </section>
  );
}

function toCountText(shown: number, loaded: number, hasMore: boolean): string {
  const answers = hasMore ? `the newest ${loaded} answers` : formatNoun(loaded, 'answer');
  if (shown < loaded) return `${shown} of ${answers} match.`;
  return hasMore ? `The newest ${loaded} answers.` : `${answers}, the newest first.`;
}

function Filter({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const id = useId();
  return (
    <div class="filter">
      <label for={id}>Filter</label>
      <input
        id={id}
        type="search"
        placeholder="words of a prompt or answer"
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}

function Empty() {
  return (
    <p class="note" data-testid="empty">
      Nothing is stored. <a href="#/chat">Ask something in the chat</a>, or import a file.
    </p>
  );
}

function Failure({ error, onRetry }: { error: string; onRetry: () => void }) {
  return (
    <div role="alert">
      <p class="note note-failed">What is stored cannot be read: {error}</p>
      <button type="button" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}
