import type { JSX } from 'preact';
import type { StoredEntry } from '../../shared/stored-entry.js';
import { EntryRow } from './entry-row.js';

type TableProps = {
  entries: readonly StoredEntry[];
  now: number;
  onDrop: (entry: StoredEntry) => void;
};

/**
 * Entries, one a row. Where it is narrow, its rows are drawn as cards: the roles keep it a table for
 * screen readers then.
 */
export function EntryTable({ entries, now, onDrop }: TableProps): JSX.Element {
  return (
    <table role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            Prompt and answer
          </th>
          <th role="columnheader" scope="col">
            Scope
          </th>
          <th role="columnheader" scope="col">
            Age
          </th>
          <th role="columnheader" scope="col">
            Expires in
          </th>
          <th role="columnheader" scope="col" class="number">
            Hits
          </th>
          <th role="columnheader" scope="col" class="number">
            Size
          </th>
          <th role="columnheader" scope="col">
            <span class="visually-hidden">Drop</span>
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {entries.map((entry) => (
          <EntryRow key={entry.key} entry={entry} now={now} onDrop={onDrop} />
        ))}
      </tbody>
    </table>
  );
}
