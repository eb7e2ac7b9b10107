import { SkimpError } from '../shared/errors.js';
import { addSavings, noSavings, toSavings } from '../shared/savings.js';
import type { Savings, SavingsRecord, SparedCall } from '../shared/savings.js';
import type { WorkerApi } from '../shared/worker-api.js';
import type { WorkerSettings } from '../shared/worker-settings.js';
import type { CacheHost } from './cache-host.js';
import type { MeasuredCall } from './measure-call.js';

/** Id of the sums over all scopes: no keyed hash, which is what a scope's sums go by. */
const TOTAL = 'total';

export type SavingsLedgerOptions = {
  readonly host: Pick<CacheHost, 'use'>;
  readonly settings: Pick<WorkerSettings, 'scope' | 'tokenCounter' | 'prices'>;
  readonly onFailure: (error: SkimpError) => void;
};

/** Where savings are measured and kept, by scope and in total. */
export type SavingsLedger = Pick<WorkerApi, 'recordSavings' | 'readSavings'> & {
  /** Tokens and money of a call. */
  measure(call: SparedCall): Promise<MeasuredCall>;
};

export function createSavingsLedger({
  host,
  settings,
  onFailure,
}: SavingsLedgerOptions): SavingsLedger {
  const { scope: ownScope, tokenCounter: counter, prices } = settings;

  /** Its code is loaded with the first call that was spared: the cache does without. */
  async function measure(call: SparedCall): Promise<MeasuredCall> {
    const { measureCall } = await import('./measure-call.js');
    return measureCall(call, { counter, prices });
  }

  async function complete(records: readonly SavingsRecord[]): Promise<readonly Savings[]> {
    try {
      return await Promise.all(
        records.map(async ({ known, call }) =>
          addSavings(addSavings(noSavings, known), call === undefined ? {} : await measure(call)),
        ),
      );
    } catch (cause) {
      const error = new SkimpError('internal', 'what was saved cannot be counted', { cause });
      onFailure(error);
      throw error;
    }
  }

  return {
    measure,
    async recordSavings(records) {
      const completed = await complete(records);
      await host.use(async ({ store, keyMaker }) => {
        const changes = new Map<string, Savings>();
        const add = (id: string, savings: Savings) =>
          changes.set(id, addSavings(changes.get(id) ?? noSavings, savings));
        for (const [index, savings] of completed.entries()) {
          add(await keyMaker.toOwner(records[index]?.scope ?? ownScope), savings);
          add(TOTAL, savings);
        }
        await store.tallies.add(changes);
      });
      return completed;
    },
    readSavings: () =>
      host.use(async ({ store: { tallies }, keyMaker }) => ({
        scope: toSavings(await tallies.read(await keyMaker.toOwner(ownScope))),
        total: toSavings(await tallies.read(TOTAL)),
      })),
  };
}
