import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Lints files under the project's own settings, in a folder of their own. */
function lint(files: Readonly<Record<string, string>>): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'skimp-lint-'));
  folders.push(folder);
  for (const path of ['.oxlintrc.json', 'scripts/lint/skimp-plugin.mjs']) {
    cpSync(join(root, path), join(folder, path));
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');
  const run = spawnSync(process.execPath, [oxlint, '-f', 'unix', 'src'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const found = [...run.stdout.matchAll(/\[Error\/(.+)\]$/gm)].map((match) => match[1] ?? '');
  expect(run.status, run.stdout + run.stderr).toBe(found.length === 0 ? 0 : 1);
  return found;
}

const using = (source: string) => `import { a } from '${source}';\nexport const b = a;\n`;

test.each([
  ['src/shared/x.ts', '../client/a.js'],
  ['src/shared/x.ts', '../worker/queue.js'],
  ['src/shared/x.ts', 'idb'],
  ['src/client/x.ts', '../worker/main.js'],
  ['src/client/x.ts', '../adapters/fetch.js'],
  ['src/client/x.ts', '../index.js'],
  ['src/client/x.ts', 'onnxruntime-web/wasm'],
  ['src/adapters/x.ts', '../worker/engine.js'],
  ['src/adapters/wire/x.ts', '../../worker/engine.js'],
  ['src/adapters/wire/x.ts', '../../demo/a.js'],
  ['src/adapters/x.ts', 'comlink'],
  ['src/demo/x.ts', '../worker/engine.js'],
  ['src/demo/views/x.tsx', '../../worker/engine.js'],
  ['src/worker/x.ts', '../client/options.js'],
  ['src/worker/x.ts', '../adapters/fetch.js'],
  ['src/worker/cache/x.ts', '../../client/options.js'],
  ['src/worker/cache/x.ts', '../models/a.js'],
  ['src/worker/cache/x.ts', '../compress/a.js'],
  ['src/worker/cache/x.ts', '../engine.js'],
  ['src/worker/cache/x.ts', 'onnxruntime-web/wasm'],
  ['src/worker/cache/guards/x.ts', '../../models/a.js'],
  ['src/worker/cache/guards/x.ts', '../../engine.js'],
  ['src/worker/models/x.ts', '../cache/a.js'],
  ['src/worker/models/x.ts', '../compress/a.js'],
  ['src/worker/models/x.ts', '../engine.js'],
  ['src/worker/models/x.ts', 'idb'],
  ['src/worker/compress/x.ts', '../cache/a.js'],
  ['src/worker/compress/x.ts', '../models/a.js'],
  ['src/worker/compress/deep/x.ts', '../../queue.js'],
])('%s may not import %s', (path, source) => {
  expect(lint({ [path]: using(source) })).toEqual(['eslint(no-restricted-imports)']);
});

test('a type import is an import', () => {
  const text = `import type { A } from '../worker/a.js';\nexport type B = A;\n`;
  expect(lint({ 'src/client/x.ts': text })).toEqual(['eslint(no-restricted-imports)']);
});

test('every room may use what is below it', () => {
  const files = {
    'src/shared/x.ts': using('./a.js'),
    'src/client/x.ts': using('../shared/a.js') + `export { b as c };\n`,
    'src/adapters/x.ts': using('../client/a.js'),
    'src/adapters/wire/x.ts': using('../../shared/a.js'),
    'src/demo/x.ts': using('../adapters/fetch.js'),
    'src/worker/engine.ts': `import { a } from './cache/a.js';\nimport { c } from './models/c.js';\nexport const b = [a, c];\n`,
    'src/worker/cache/guards/x.ts': using('../a.js'),
    'src/worker/cache/x.ts': using('../../shared/a.js'),
    'src/worker/models/x.ts': using('onnxruntime-web/wasm'),
  };
  expect(lint(files)).toEqual([]);
});

test('two files that import each other are refused', () => {
  const files = { 'src/client/a.ts': using('./c.js'), 'src/client/c.ts': using('./a.js') };
  expect(new Set(lint(files))).toEqual(new Set(['import(no-cycle)']));
});

test('only index.ts and testing.ts re-export', () => {
  const text = `export { a } from './a.js';\n`;
  expect(lint({ 'src/client/x.ts': text })).toEqual(['skimp(no-re-export)']);
  expect(lint({ 'src/client/x.ts': `export * from './a.js';\n` })).toEqual(['skimp(no-re-export)']);
  expect(lint({ 'src/index.ts': text, 'src/testing.ts': text })).toEqual([]);
});

test('any, console and a function of 41 lines are refused', () => {
  const long = `export function f(): void {\n${'  f();\n'.repeat(39)}}\n`;
  expect(lint({ 'src/client/x.ts': long })).toEqual(['skimp(max-own-lines)']);
  expect(lint({ 'src/client/x.ts': 'export const a = (b: any) => b;\n' })).toEqual([
    'typescript(no-explicit-any)',
  ]);
  expect(lint({ 'src/worker/x.ts': `console.log('a');\nexport const b = 1;\n` })).toEqual([
    'eslint(no-console)',
  ]);
});
