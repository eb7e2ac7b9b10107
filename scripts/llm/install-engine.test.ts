import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { toManifest } from './install-engine.mjs';

const read = (name: string): string =>
  readFileSync(new URL(`engine/${name}`, import.meta.url), 'utf8');
const manifest = JSON.parse(read('package.json')) as { dependencies: Record<string, string> }; // ours

test("the system's binary is a dependency, of the library's version", () => {
  const { dependencies } = JSON.parse(toManifest(manifest, 'linux-x64')) as typeof manifest; // as above
  const version = manifest.dependencies['node-llama-cpp'];
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(dependencies).toEqual({
    'node-llama-cpp': version,
    '@node-llama-cpp/linux-x64': version,
  });
});

test('a system without a prebuilt binary is told', () => {
  expect(() => toManifest(manifest, 'aix-ppc64')).toThrow('no prebuilt binary for aix-ppc64');
});

test("the lock file names the manifest's version, and no registry", () => {
  const lock = read('package-lock.json');
  expect(lock).not.toContain('"resolved"');
  const { dependencies } = manifest;
  expect(JSON.parse(lock)).toMatchObject({ packages: { '': { dependencies } } });
});
