#!/usr/bin/env node
/** `npm run check`: format, lint, types and size; all of them, then the verdict. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root, setup } from './setup.mjs';

const steps = [
  { name: 'format', args: ['node_modules/prettier/bin/prettier.cjs', '--check', '.'] },
  { name: 'lint', args: ['node_modules/oxlint/bin/oxlint', '--deny-warnings'] },
  // All of it, for dist/ too: the size is taken there.
  { name: 'types', args: ['node_modules/typescript/bin/tsc', '-b', '--force'] },
  { name: 'size', args: ['scripts/size.mjs'] },
];

await setup({ needsChromium: false });
const failed = [];
for (const { name, args } of steps) {
  console.log(`check: ${name}`);
  const [script = '', ...rest] = args;
  const { status } = spawnSync(process.execPath, [join(root, script), ...rest], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) failed.push(name);
}
console.log(failed.length === 0 ? 'check: all well' : `check: failed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
