import { expect, test } from 'vitest';
import { toPlan } from './request-plan.js';

const scope = new URL('https://demo.test/skimp/');
const files = { ahead: ['assets/main-1.js'], later: ['assets/ort-2.wasm'] };

function planOf(path: string, part: { method?: string; mode?: RequestMode } = {}) {
  const url = new URL(path, scope).href;
  return toPlan({ url, method: 'GET', mode: 'cors', ...part }, scope, files);
}

test('built files are taken from what is kept', () => {
  expect(planOf('assets/main-1.js')).toBe('kept-first');
  expect(planOf('assets/ort-2.wasm')).toBe('kept-first');
});

test('the page itself is fetched while there is a network', () => {
  expect(planOf('.', { mode: 'navigate' })).toBe('network-first');
  expect(planOf('index.html', { mode: 'navigate' })).toBe('network-first');
  expect(planOf('replay.html', { mode: 'navigate' })).toBe('pass');
});

test.each([
  ['a model', 'models/skimp-same-response/onnx/model.onnx', {}],
  ['a file of another build', 'assets/main-0.js', {}],
  ['a chat request', '/v1/chat/completions', { method: 'POST' }],
  ['another origin', 'https://api.test/skimp/assets/main-1.js', {}],
])('%s passes', (_name, path, part) => {
  expect(planOf(path, part)).toBe('pass');
});
