import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { dotKernelBase64 } from './dot-kernel.js';

test('the committed kernel is what dot-kernel.wat compiles to', () => {
  const script = fileURLToPath(new URL('../../../scripts/build-kernel.mjs', import.meta.url));
  const run = () => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' });
  expect(run).not.toThrow();
});

test('the kernel is a small module that imports nothing', () => {
  const bytes = Buffer.from(dotKernelBase64, 'base64');
  const module = new WebAssembly.Module(bytes);
  expect(bytes.length).toBeLessThan(1_024);
  expect(WebAssembly.Module.imports(module)).toEqual([]);
  expect(WebAssembly.Module.exports(module).map(({ name }) => name)).toEqual(['memory', 'dot']);
});
