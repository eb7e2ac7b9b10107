import type { JSX } from 'preact';
import type { StoredEntry } from '../../shared/stored-entry.js';
import { formatAge, formatBytes, formatCount, formatMs } from '../format.js';
import { DEMO_SCOPE } from '../skimp-host.js';
import { formatSpan } from './format-span.js';

type RowProps = { entry: StoredEntry; now: number; onDrop: (entry: StoredEntry) => void };

export function EntryRow({ entry, now, onDrop }: RowProps): JSX.Element {
  const { key, prompt, storedAt, expiresAt, hits, bytes } = entry;
  return (
    <tr role="row" data-key={key}>
      <th role="rowheader" scope="row">
        <Texts entry={entry} />
      </th>
      <td role="cell" data-label="Scope">
        {entry.isOwnScope ? DEMO_SCOPE : <code>{entry.scopeLabel}</code>}
      </td>
      <td role="cell" data-label="Age">
        <Time at={storedAt}>{formatAge(Math.max(0, now - storedAt))}</Time>
      </td>
      <td role="cell" data-label="Expires in">
        <Time at={expiresAt}>{formatSpan(expiresAt - now)}</Time>
      </td>
      <td role="cell" data-label="Hits" class="number">
        {formatCount(hits)}
      </td>
      <td role="cell" data-label="Size" class="number">
        {formatBytes(bytes)}
      </td>
      <td role="cell" class="drop">
        <button type="button" class="quiet" data-drop onClick={() => onDrop(entry)}>
          Drop<span class="visually-hidden"> the answer to: {prompt.slice(0, 80)}</span>
        </button>
      </td>
    </tr>
  );
}

/** The prompt and the answer's beginning; opened, all that is known of them. */
function Texts({ entry }: { entry: StoredEntry }) {
  const { prompt, answer, answerLength } = entry;
  return (
    <details>
      <summary>
        <span class="prompt">{prompt}</span>
        <span class="preview">{answer}</span>
      </summary>
      <p class="answer">{answer}</p>
      {answer.length < answerLength && (
        <p class="small">
          The first {formatCount(answer.length)} of {formatCount(answerLength)} characters.
        </p>
      )}
      <dl class="rows small">
        {toFacts(entry).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function toFacts(entry: StoredEntry): readonly (readonly [string, string])[] {
  const { model, usage, latencyMs, hasVector } = entry;
  const facts: [string, string][] = [['Model', model]];
  if (usage) facts.push(['Tokens', `${usage.promptTokens} in, ${usage.completionTokens} out`]);
  if (latencyMs !== undefined) facts.push(['Took at first', formatMs(latencyMs)]);
  facts.push(['Reached by', hasVector ? 'other wordings, too' : 'the same wording only']);
  return facts;
}

function Time({ at, children }: { at: number; children: string }) {
  const date = new Date(at);
  return (
    <time dateTime={date.toISOString()} title={date.toLocaleString('en-GB')}>
      {children}
    </time>
  );
}
