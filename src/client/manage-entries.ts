import type { Remote } from 'comlink';
import { fromCursorText } from '../shared/entry-cursor.js';
import { SkimpError } from '../shared/errors.js';
import type { EntriesPage, TransferRefusal } from '../shared/stored-entry.js';
import type { TraceDetail } from '../shared/trace.js';
import type { WorkerApi } from '../shared/worker-api.js';
import { assertFields, flag, isNumberIn, name } from './option-checks.js';
import type { Check } from './option-checks.js';
import type { EntriesOptions, ExportOptions, ImportOptions, Optimizer } from './optimizer.js';
import type { CallLimits } from './worker-link.js';

const DEFAULT_COUNT = 50;
const MAX_COUNT = 1_000;
const DEFAULT_ANSWER_LENGTH = 2_000;

/** What the methods need of the optimizer. */
export type EntryManagerParts = {
  /** Runs a call; past a failure, which is reported, `otherwise` answers or throws. */
  readonly attempt: <T>(
    action: (api: Remote<WorkerApi>) => Promise<T>,
    limits: CallLimits,
    otherwise: (error: SkimpError) => T,
  ) => Promise<T>;
  /** Tells the worker, if there is one, that a transfer is not wanted any more. */
  readonly abandon: (job: number) => void;
  readonly report: (detail: TraceDetail) => void;
  /** Time in which a page of entries must be there, in milliseconds. */
  readonly deadlineMs: number;
};

/** The methods by which an app shows and moves what is stored. */
export type EntryManager = Pick<
  Optimizer,
  'entries' | 'remove' | 'exportEntries' | 'importEntries'
>;

const signal: Check = { is: (value) => value instanceof AbortSignal, want: 'an AbortSignal' };
const integerIn = (min: number, max: number): Check => ({
  is: (value) => Number.isSafeInteger(value) && isNumberIn(min, max)(value),
  want: `an integer from ${min} to ${max}`,
});
const listChecks: Readonly<Record<keyof EntriesOptions, Check>> = {
  scope: name,
  limit: integerIn(1, MAX_COUNT),
  after: {
    is: (value) => typeof value === 'string' && fromCursorText(value) !== undefined,
    want: "another page's next",
  },
  maxAnswerLength: { is: isNumberIn(0, Infinity), want: 'a number, 0 or more' },
  signal,
};
const exportChecks: Readonly<Record<keyof ExportOptions, Check>> = {
  scope: name,
  portable: flag,
  signal,
};
const importChecks: Readonly<Record<keyof ImportOptions | 'file', Check>> = {
  file: { is: (value) => value instanceof Blob, want: 'a Blob or a File' },
  signal,
};

/** @throws {@link SkimpError} `invalid-option`. */
export function assertEntriesOptions(options: EntriesOptions): void {
  assertFields(options, { checks: listChecks, required: [] });
}

/** @throws {@link SkimpError} `invalid-option`. */
export function assertExport(options: ExportOptions): void {
  assertFields(options, { checks: exportChecks, required: [] });
}

/** @throws {@link SkimpError} `invalid-option`. */
export function assertImport(file: Blob, options: ImportOptions): void {
  assertFields({ ...options, file }, { checks: importChecks, required: ['file'] });
}

export function createEntryManager(parts: EntryManagerParts): EntryManager {
  const { attempt, abandon, report, deadlineMs } = parts;
  let jobs = 0;

  /** Runs an export or import, which may rightly take long; the worker is told when it is given up. */
  async function transfer<T extends object>(
    send: (api: Remote<WorkerApi>, id: number) => Promise<T | TransferRefusal>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    const id = (jobs += 1);
    let isAnswered = false;
    const action = async (api: Remote<WorkerApi>): Promise<T | TransferRefusal> => {
      const answer = await send(api, id);
      isAnswered = true;
      return answer;
    };
    try {
      const answer = await attempt<T | TransferRefusal>(
        action,
        { signal, watched: false },
        rethrow,
      );
      if (isRefusal(answer)) throw new SkimpError('transfer-refused', answer.refused);
      return answer;
    } finally {
      if (!isAnswered) abandon(id);
    }
  }

  return {
    async entries({ signal, limit = DEFAULT_COUNT, ...options } = {}) {
      assertEntriesOptions({ limit, ...options, ...(signal && { signal }) });
      const query = { maxAnswerLength: DEFAULT_ANSWER_LENGTH, count: limit, ...options };
      return attempt<EntriesPage>((api) => api.entries(query), { signal, deadlineMs }, rethrow);
    },
    async remove(key) {
      const wasThere = await attempt(
        (api) => api.removeEntry(key),
        { deadlineMs },
        () => false,
      );
      if (wasThere) report({ type: 'cache-remove', key });
      return wasThere;
    },
    async exportEntries({ signal, portable = false, ...options } = {}) {
      assertExport({ portable, ...options, ...(signal && { signal }) });
      return transfer<Blob>((api, id) => api.exportEntries({ id, portable, ...options }), signal);
    },
    async importEntries(file, options = {}) {
      assertImport(file, options);
      const result = await transfer((api, id) => api.importEntries({ id, file }), options.signal);
      report({ type: 'cache-import', imported: result.imported, skipped: result.skipped });
      return result;
    },
  };
}

function rethrow(error: SkimpError): never {
  throw error;
}

function isRefusal(answer: object): answer is TransferRefusal {
  return 'refused' in answer;
}
