import type { Optimizer } from '../../client/optimizer.js';
import { isSkimpError } from '../../shared/errors.js';
import type { ImportResult, ImportSkip, StoredEntry } from '../../shared/stored-entry.js';
import type { LogEvent } from '../describe-event.js';
import { formatBytes, formatNoun } from '../format.js';
import { DEMO_SCOPE, type SkimpHost } from '../skimp-host.js';
import { createStore, type Store } from '../store.js';

export type InspectorState = {
  /** Newest first. */
  readonly entries: readonly StoredEntry[];
  readonly hasMore: boolean;
  /** Whether the entries have been read once. */
  readonly isLoaded: boolean;
  /** Why they cannot be read. */
  readonly error?: string | undefined;
  /** What came of the last action. */
  readonly message?: Message | undefined;
  /** What is under way. */
  readonly task?: 'export' | 'import' | undefined;
};

export type Message = { readonly text: string; readonly isFailed: boolean };

/** The inspector, without its looks. No method rejects. */
export interface InspectorSession {
  readonly state: Store<InspectorState>;
  /** Reads the entries, and again whenever they change. @returns a function that ends this. */
  watch(): () => void;
  refresh(): Promise<void>;
  /** Shows another page of entries. */
  more(): Promise<void>;
  remove(key: string): Promise<void>;
  /** Removes the entries of the demo's scope, or all. */
  clear(scope: 'demo' | 'all'): Promise<void>;
  /** @param portable - Whether another browser may import the file. */
  exportEntries(portable: boolean): Promise<void>;
  importEntries(file: Blob): Promise<void>;
  /** Ends the export or import under way. */
  cancel(): void;
}

export type InspectorOptions = {
  readonly host: SkimpHost;
  readonly announce: (text: string) => void;
  /** Resolves when a burst of events is over and the store has counted a hit. */
  readonly settle: () => Promise<void>;
  /** Hands a file to the user. */
  readonly save: (file: Blob, name: string) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
};

export const PAGE_SIZE = 50;
/** Most that `entries()` gives at a time. */
const MAX_LIMIT = 1_000;

const changes: ReadonlySet<LogEvent['type']> = new Set([
  'cache-store',
  'cache-hit',
  'cache-evict',
  'cache-clear',
  'cache-remove',
  'cache-import',
  'wrong-hit',
  'worker-restart',
]);

export function createInspectorSession(options: InspectorOptions): InspectorSession {
  const { host, announce, settle, save, now } = options;
  const state = createStore<InspectorState>({ entries: [], hasMore: false, isLoaded: false });
  const reader = createReader(host, state);
  let controller: AbortController | undefined;

  /** Runs an action on the optimizer, and tells what came of it once the list shows it. */
  async function act(action: (optimizer: Optimizer) => Promise<string>): Promise<void> {
    state.update({ message: undefined });
    const message = await toOptimizer(host)
      .then(action)
      .then(
        (text) => ({ text, isFailed: false }),
        (error: unknown) => ({ text: toReason(error), isFailed: true }),
      );
    await reader.refresh();
    state.update({ message, task: undefined });
    announce(message.text);
  }

  /** Runs an export or import, which can be cancelled. */
  async function transfer(
    task: 'export' | 'import',
    action: (optimizer: Optimizer, signal: AbortSignal) => Promise<string>,
  ): Promise<void> {
    if (state.get().task !== undefined) return;
    controller = new AbortController();
    const { signal } = controller;
    state.update({ task });
    await act((optimizer) => action(optimizer, signal));
  }

  return {
    state,
    refresh: reader.refresh,
    watch: () => watchEvents(host, () => void settle().then(reader.refresh), reader.refresh),
    async more() {
      await reader.more();
      announce(`${formatNoun(state.get().entries.length, 'answer')} shown`);
    },
    remove: (key) =>
      act(async (optimizer) => {
        const wasThere = await optimizer.remove(key);
        return wasThere ? 'One answer removed.' : 'That answer was gone already.';
      }),
    clear: (scope) =>
      act(async (optimizer) => {
        const count = await optimizer.clear(scope === 'all' ? undefined : DEMO_SCOPE);
        return `${formatNoun(count, 'answer')} removed.`;
      }),
    exportEntries: (portable) =>
      transfer('export', async (optimizer, signal) => {
        const file = await optimizer.exportEntries({ portable, signal });
        save(file, `skimp-${new Date(now()).toISOString().slice(0, 10)}.jsonl`);
        return `Exported, ${formatBytes(file.size)}.`;
      }),
    importEntries: (file) =>
      transfer('import', async (optimizer, signal) =>
        describeImport(await optimizer.importEntries(file, { signal })),
      ),
    cancel: () => controller?.abort(new Error('Cancelled. What was imported by then stays.')),
  };
}

/** Reads the entries from the first on, as many as are shown; asked for while it reads, once more. */
function createReader(host: SkimpHost, state: Store<InspectorState>) {
  let wanted = PAGE_SIZE;
  let running: Promise<void> | undefined;
  let isStale = false;

  async function read(): Promise<void> {
    try {
      const optimizer = await toOptimizer(host);
      const entries: StoredEntry[] = [];
      let next: string | undefined;
      do {
        const limit = Math.min(wanted - entries.length, MAX_LIMIT);
        const page = await optimizer.entries({ limit, ...(next && { after: next }) });
        entries.push(...page.entries);
        ({ next } = page);
      } while (next !== undefined && entries.length < wanted);
      state.update({ entries, hasMore: next !== undefined, isLoaded: true, error: undefined });
    } catch (error) {
      state.update({ error: toReason(error) });
    }
  }

  async function readUntilFresh(): Promise<void> {
    do {
      isStale = false;
      await read();
    } while (isStale);
    running = undefined;
  }

  function refresh(): Promise<void> {
    isStale = true;
    running ??= readUntilFresh();
    return running;
  }

  return {
    refresh,
    more() {
      wanted = state.get().entries.length + PAGE_SIZE;
      return refresh();
    },
  };
}

/** @param start - Called at once. */
function watchEvents(host: SkimpHost, onChange: () => void, start: () => void): () => void {
  let seen = host.state.get().events.at(-1);
  start();
  return host.state.subscribe(() => {
    const last = host.state.get().events.at(-1);
    if (last === seen) return;
    seen = last;
    if (last !== undefined && changes.has(last.type)) onChange();
  });
}

async function toOptimizer(host: SkimpHost): Promise<Optimizer> {
  await host.started;
  const optimizer = host.current();
  if (optimizer === undefined) throw new Error('skimp is not running: the event log says why.');
  return optimizer;
}

function toReason(error: unknown): string {
  if (isSkimpError(error) && error.code === 'transfer-refused') return `Refused: ${error.message}.`;
  return error instanceof Error ? error.message : String(error);
}

const skipTexts: Readonly<Record<ImportSkip, string>> = {
  malformed: 'not readable',
  altered: 'changed since the export',
  expired: 'expired',
  known: 'here already',
  'too-large': 'too large',
};

/** `3 answers imported; 2 skipped: 1 expired, 1 here already.` */
export function describeImport({ imported, skipped, reasons }: ImportResult): string {
  const done = `${formatNoun(imported, 'answer')} imported`;
  if (skipped === 0) return `${done}.`;
  const why = Object.entries(skipTexts)
    .map(([reason, text]) => ({ text, count: reasons[reason as ImportSkip] })) // a key of that record
    .filter(({ count }) => count > 0)
    .map(({ text, count }) => `${count} ${text}`);
  return `${done}; ${skipped} skipped: ${why.join(', ')}.`;
}
