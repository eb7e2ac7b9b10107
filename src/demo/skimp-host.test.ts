import { expect, test } from 'vitest';
import { createFakeOptimizer } from '../client/fake-optimizer.js';
import type { Optimizer } from '../client/optimizer.js';
import type { OptimizerOptions } from '../client/options.js';
import type { OptimizerStatus } from '../shared/status.js';
import { createSkimpHost } from './skimp-host.js';

const manifest = {
  files: { 'a.onnx': { bytes: 1_000 } },
  variants: { wasm: { graph: 'a.onnx', externalData: [] } },
  calibration: { maxRiskByErrorRate: { '0.05': 0.3 } },
};

/** A host over fakes whose models load only when told. */
function createWorld({ asksFirst = false, isClear = Promise.resolve() } = {}) {
  const opened: (Optimizer & { options: OptimizerOptions; isClosed: boolean; loads: string[] })[] =
    [];
  let status: OptimizerStatus = { semantic: 'downloading', reason: '', model: 'm' };
  const host = createSkimpHost({
    createOptimizer(options) {
      const loads: string[] = [];
      const optimizer = {
        ...createFakeOptimizer(),
        options,
        loads,
        isClosed: false,
        status: async () => status,
        loadModel: async () => {
          loads.push('cache');
          return status;
        },
        loadCompressor: async () => {
          loads.push('compressor');
          return status;
        },
        close() {
          optimizer.isClosed = true;
        },
      };
      opened.push(optimizer);
      return optimizer;
    },
    readManifest: async () => manifest,
    maxErrorRate: 0.05,
    asksFirst,
    isClear,
    now: () => 0,
  });
  const setStatus = (next: OptimizerStatus) => {
    status = next;
    opened.at(-1)?.report({ type: 'status-change', ...next });
  };
  return { host, opened, setStatus };
}

test('sizes and budgets are read from the manifests', async () => {
  const { host } = createWorld();
  await host.started;
  await expect.poll(() => host.state.get().sizes).toEqual({ cache: 1_000, compressor: 1_000 });
  expect(host.state.get().budgets.map(({ maxErrorRate }) => maxErrorRate)).toEqual([0, 0.05]);
});

test('who saves data is asked first, and a download asked for goes on after a restart', async () => {
  const { host, opened } = createWorld({ asksFirst: true });
  await host.started;
  expect(opened[0]?.options.autoDownload).toBe(false);
  await host.load('cache');
  expect(opened[0]?.loads).toEqual(['cache']);
  host.restart(0.01, Promise.resolve());
  expect(opened[1]?.options.autoDownload).toBe(true);
});

test('a cancelled download is not begun again, and the old worker ends', async () => {
  const { host, opened } = createWorld();
  await host.started;
  await expect.poll(() => host.state.get().status?.semantic).toBe('downloading');
  host.cancelDownload();
  expect(opened.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  expect(opened[1]?.options.autoDownload).toBe(false);
  expect(host.state.get().events.at(-1)).toMatchObject({ type: 'note' });
});

test('a restart brings the compressor back, unless its download was cancelled', async () => {
  const { host, opened, setStatus } = createWorld();
  await host.load('compressor');
  host.restart(0.01, Promise.resolve());
  expect(opened[1]?.loads).toEqual(['compressor']);
  const compressor = { state: 'downloading', reason: '' } as const;
  setStatus({ semantic: 'available', reason: '', compressor });
  await expect.poll(() => host.state.get().status?.compressor?.state).toBe('downloading');
  host.cancelDownload();
  expect(opened[2]?.loads).toEqual([]);
  expect(opened[2]?.options.autoDownload).toBe(true);
});

test('settled waits until the model runs or cannot', async () => {
  const { host, opened, setStatus } = createWorld();
  await host.started;
  let isSettled = false;
  const settled = host.settled().then((optimizer) => {
    isSettled = true;
    return optimizer;
  });
  await expect.poll(() => host.state.get().status?.semantic).toBe('downloading');
  expect(isSettled).toBe(false);
  setStatus({ semantic: 'available', reason: '', model: 'm' });
  expect(await settled).toBe(opened[0]);
});

test('an optimizer that waits is opened once, as wanted by then', async () => {
  let clear = () => {};
  const isClear = new Promise<void>((resolve) => {
    clear = resolve;
  });
  const { host, opened } = createWorld({ isClear });
  host.restart(0.01, Promise.resolve());
  expect(opened).toEqual([]);
  clear();
  await host.started;
  expect(opened.map(({ options }) => options.maxErrorRate)).toEqual([0.01]);
});
