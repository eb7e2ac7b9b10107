import { expect, test } from 'vitest';
import { toBackendText, toModelState, toSizeText, toStateText } from './model-state.js';
import type { SkimpState } from './skimp-host.js';

const empty: SkimpState = { events: [], sizes: {}, budgets: [] };

function withStatus(status: NonNullable<SkimpState['status']>): SkimpState {
  return { ...empty, status };
}

test('before the optimizer answers, and before it has read the manifest, a model is starting', () => {
  expect(toModelState(empty, 'cache').state).toBe('starting');
  expect(toModelState(empty, 'compressor').state).toBe('starting');
  const early = withStatus({ semantic: 'downloadable', reason: 'not started' });
  expect(toModelState(early, 'cache').state).toBe('starting');
});

test('a model that waits to be asked for says so', () => {
  const waiting = withStatus({ semantic: 'downloadable', reason: 'waits', model: 'm' });
  expect(toStateText(toModelState(waiting, 'cache'))).toBe('Not loaded');
});

test('the compressor that nobody asked for is not loaded', () => {
  const status = withStatus({ semantic: 'available', reason: '', backend: 'wasm', dtype: 'q8' });
  expect(toModelState(status, 'compressor')).toEqual({ state: 'downloadable' });
  expect(toBackendText(toModelState(status, 'cache'))).toBe('WASM, q8');
});

test('a download tells its share and its bytes', () => {
  const progress = { loadedBytes: 12_400_000, totalBytes: 24_800_000 };
  const state = { state: 'downloading', reason: '', progress } as const;
  expect(toStateText(state)).toBe('Loading, 50 %');
  expect(toSizeText(state, 1)).toBe('12.4 MB of 24.8 MB');
  expect(toSizeText({ state: 'downloadable' }, 34_800_000)).toBe('34.8 MB');
});
