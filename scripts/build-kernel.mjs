// Compiles src/worker/cache/dot-kernel.wat into dot-kernel.ts, which holds the wasm as base64: the
// library is plain tsc output, and a separate .wasm file would need every bundler to carry it along.
// With --check nothing is written; the exit code is 1 when the committed file is out of date.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import createWabt from 'wabt';

const source = new URL('../src/worker/cache/dot-kernel.wat', import.meta.url);
const target = fileURLToPath(new URL('../src/worker/cache/dot-kernel.ts', import.meta.url));

async function renderKernel() {
  const wabt = await createWabt();
  const module = wabt.parseWat('dot-kernel.wat', await readFile(source, 'utf8'), { simd: true });
  try {
    module.validate();
    const base64 = Buffer.from(module.toBinary({}).buffer).toString('base64');
    const text = `// Generated from dot-kernel.wat by scripts/build-kernel.mjs; do not edit.
/** The wasm module of dot-kernel.wat: exports \`memory\` and \`dot\`; needs SIMD128. */
export const dotKernelBase64 = '${base64}';
`;
    return prettier.format(text, { ...(await prettier.resolveConfig(target)), filepath: target });
  } finally {
    module.destroy();
  }
}

const fresh = await renderKernel();
if (!process.argv.includes('--check')) {
  await writeFile(target, fresh);
} else if ((await readFile(target, 'utf8')) !== fresh) {
  console.error('dot-kernel.ts is out of date: run node scripts/build-kernel.mjs');
  process.exitCode = 1;
}
