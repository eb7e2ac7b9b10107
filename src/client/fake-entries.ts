import { SkimpError } from '../shared/errors.js';
import type { PromptRequest, StoredResponse } from '../shared/prompt-request.js';
import type { ImportResult, StoredEntry } from '../shared/stored-entry.js';
import type { TraceDetail } from '../shared/trace.js';
import { assertEntriesOptions, assertExport, assertImport } from './manage-entries.js';
import type { EntryManager } from './manage-entries.js';

/** Life of the entries, in milliseconds: told, and not enforced. */
const TTL_MS = 604_800_000;

/** What a fake optimizer stores. */
export type FakeEntry = {
  readonly request: PromptRequest;
  readonly response: StoredResponse;
  readonly at: number;
  readonly hits: number;
};

/** What a fake's methods work on. */
export type FakeEntriesParts = {
  readonly entries: Map<string, FakeEntry>;
  readonly report: (detail: TraceDetail) => void;
};

/**
 * Lists, exports and imports as the real one does, where `JSON` can carry it; a file of either is
 * refused by the other.
 */
export function createFakeEntryManager({ entries, report }: FakeEntriesParts): EntryManager {
  const listNewestFirst = (scope: string | undefined) =>
    [...entries]
      .filter(([, { request }]) => scope === undefined || request.scope === scope)
      .toReversed()
      .toSorted(([, a], [, b]) => b.at - a.at);

  return {
    async entries({ signal, limit = 50, maxAnswerLength = 2_000, ...options } = {}) {
      assertEntriesOptions({ limit, maxAnswerLength, ...options });
      signal?.throwIfAborted();
      const all = listNewestFirst(options.scope);
      const start = options.after === undefined ? 0 : Number(options.after.split(':')[0]);
      const page = all
        .slice(start, start + limit)
        .map(([key, entry]) => toStoredEntry(key, entry, maxAnswerLength));
      const end = start + limit;
      return end < all.length ? { entries: page, next: `${end}:fake` } : { entries: page };
    },
    async remove(key) {
      const wasThere = entries.delete(key);
      if (wasThere) report({ type: 'cache-remove', key });
      return wasThere;
    },
    async exportEntries({ signal, ...options } = {}) {
      assertExport(options);
      signal?.throwIfAborted();
      const rows = listNewestFirst(options.scope).map((row) => `${JSON.stringify(row)}\n`);
      const header = `${JSON.stringify({ format: 'skimp-fake', entries: rows.length })}\n`;
      return new Blob([header, ...rows], { type: 'application/jsonl' });
    },
    async importEntries(file, options = {}) {
      assertImport(file, options);
      const [header = '', ...rows] = (await file.text()).trimEnd().split('\n');
      options.signal?.throwIfAborted();
      if (!header.startsWith('{"format":"skimp-fake"')) {
        throw new SkimpError('transfer-refused', 'the file is no export of a fake optimizer');
      }
      let imported = 0;
      for (const row of rows) {
        const [key, entry] = JSON.parse(row) as [string, FakeEntry]; // a fake's own file
        if ((entries.get(key)?.at ?? -Infinity) >= entry.at) continue;
        entries.set(key, entry);
        imported += 1;
      }
      const known = rows.length - imported;
      report({ type: 'cache-import', imported, skipped: known });
      return toResult(imported, known);
    },
  };
}

function toStoredEntry(key: string, entry: FakeEntry, maxAnswerLength: number): StoredEntry {
  const { request, response, at, hits } = entry;
  const { text, ...origin } = response;
  return {
    key,
    isOwnScope: request.scope === undefined,
    scopeLabel: request.scope ?? 'own',
    prompt: request.query,
    answer: text.slice(0, maxAnswerLength),
    answerLength: text.length,
    ...origin,
    storedAt: at,
    expiresAt: at + TTL_MS,
    hits,
    bytes: text.length,
    hasVector: false,
  };
}

function toResult(imported: number, known: number): ImportResult {
  const reasons = { malformed: 0, altered: 0, expired: 0, known, 'too-large': 0 };
  return { imported, skipped: known, reasons };
}
