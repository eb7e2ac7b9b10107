import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import { noSavings } from '../shared/savings.js';
import { createCacheHost } from './cache-host.js';
import { createSavingsLedger } from './savings-ledger.js';
import { createTestSettings } from './test-settings.js';

afterEach(() => vi.unstubAllGlobals());

function openLedger(databaseName: string, scope = 'anna') {
  const settings = createTestSettings({ databaseName, scope });
  const host = createCacheHost({ settings, report: () => {}, onBlocked: () => {}, now: () => 0 });
  return { host, ledger: createSavingsLedger({ host, settings, onFailure: () => {} }) };
}

const call = {
  models: ['gpt-4o'],
  tokens: { promptTokens: 1_000_000, completionTokens: 100_000 },
};
const record = { scope: undefined, known: { callsAvoided: 1, netMs: 7 }, call };
const saved = {
  ...noSavings,
  callsAvoided: 1,
  promptTokens: 1_000_000,
  completionTokens: 100_000,
  usd: 3.5,
  netMs: 7,
};

test('what is saved counts in its scope and in total, and is there on the next visit', async () => {
  const name = crypto.randomUUID();
  const { ledger } = openLedger(name);
  const records = [record, { ...record, scope: 'bob' }, { scope: 'anna', known: { spentMs: 3 } }];
  expect(await ledger.recordSavings(records)).toEqual([saved, saved, { ...noSavings, spentMs: 3 }]);
  const later = openLedger(name).ledger;
  expect(await later.readSavings()).toMatchObject({
    scope: { callsAvoided: 1, usd: 3.5, spentMs: 3 },
    total: { callsAvoided: 2, usd: 7, spentMs: 3 },
  });
  const other = openLedger(name, 'bob').ledger;
  expect(await other.readSavings()).toMatchObject({ scope: saved, total: { callsAvoided: 2 } });
});

test('no scope is stored in clear', async () => {
  const { ledger, host } = openLedger(crypto.randomUUID());
  await ledger.recordSavings([record]);
  await host.use(async ({ store, keyMaker }) => {
    expect(await store.tallies.read('anna')).toEqual({});
    expect(await store.tallies.read(await keyMaker.toOwner('anna'))).toMatchObject({ usd: 3.5 });
  });
});

test('where IndexedDB cannot be used, sums live as long as the worker', async () => {
  vi.stubGlobal('indexedDB', {
    open() {
      throw new DOMException('refused', 'SecurityError');
    },
  });
  const { ledger } = openLedger(crypto.randomUUID());
  await ledger.recordSavings([record, record]);
  expect((await ledger.readSavings()).total).toMatchObject({ callsAvoided: 2, usd: 7 });
});
