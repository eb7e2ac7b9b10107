import type { WorkerApi } from '../shared/worker-api.js';
import type { WorkerSettings } from '../shared/worker-settings.js';
import { createSavingsLedger } from './savings-ledger.js';
import type { SavingsLedgerOptions } from './savings-ledger.js';
import { createShadowMode } from './shadow-mode.js';
import type { ShadowMode, ShadowModeOptions } from './shadow-mode.js';

export type AccountOptions = SavingsLedgerOptions &
  Omit<ShadowModeOptions, 'measure'> & { readonly settings: Pick<WorkerSettings, 'mode'> };

/** What is told of savings, those that shadow mode forgoes among them. */
export type Account = {
  readonly api: Pick<WorkerApi, 'recordSavings' | 'readSavings'>;
  /** Absent in any other mode. */
  readonly shadow: ShadowMode | undefined;
};

export function openAccount(options: AccountOptions): Account {
  const { measure, recordSavings, readSavings } = createSavingsLedger(options);
  if (options.settings.mode !== 'shadow') {
    return { api: { recordSavings, readSavings }, shadow: undefined };
  }
  const shadow = createShadowMode({ ...options, measure });
  const readBoth = async () => ({ ...(await readSavings()), shadow: await shadow.stats() });
  return { api: { recordSavings, readSavings: readBoth }, shadow };
}
