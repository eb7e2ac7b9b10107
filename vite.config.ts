import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { faqUpstreamPlugin } from './scripts/faq-upstream/vite-plugin.mjs';
import { findSystemChromium } from './scripts/setup.mjs';
import { testUpstream } from './src/adapters/test-upstream.js';
import { offlineFiles } from './src/demo/offline/vite-plugin.js';
import { appModels } from './src/worker/test-app-models.js';

const toPath = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const root = toPath('.');
/** Chosen by `npm test`; else the system's, and playwright's own where there is none. */
const executablePath = process.env.CHROMIUM_PATH ?? findSystemChromium();
const browserOnly = ['src/**/*.browser.test.ts', '**/node_modules/**'];

/** The demo, and the pages that scripts drive; Vitest's projects below stand at the root of the repository. */
export default defineConfig({
  root: process.env.VITEST === undefined ? toPath('src/demo') : root,
  publicDir: toPath('public'),
  plugins: [faqUpstreamPlugin(), offlineFiles()],
  worker: { format: 'es' },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // Pre-bundling would part the runtime from its wasm files.
  optimizeDeps: { exclude: ['onnxruntime-web'] },
  build: {
    target: 'es2022',
    outDir: toPath('dist-demo'),
    emptyOutDir: true,
    chunkSizeWarningLimit: 1_000,
    rolldownOptions: {
      checks: { pluginTimings: false },
      input: [
        ...['index', 'replay', 'compress-batch'].map((name) => toPath(`src/demo/${name}.html`)),
        toPath('src/demo/offline/service-worker.ts'),
      ],
      output: {
        // Its scope is its folder, and its name is its address.
        entryFileNames: ({ name }) =>
          name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js',
      },
    },
  },
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: browserOnly,
          benchmark: { exclude: ['src/**/*.browser.bench.ts', '**/node_modules/**'] },
        },
      },
      {
        publicDir: toPath('public'),
        plugins: [testUpstream(), appModels()],
        worker: { format: 'es' },
        resolve: {
          // Its sources want bundling; this file is what pages without a bundler load.
          alias: { '@xenova/transformers': '@xenova/transformers/dist/transformers.min.js' },
        },
        optimizeDeps: {
          exclude: [
            'onnxruntime-web',
            'onnxruntime-common',
            '@huggingface/transformers',
            '@xenova/transformers',
          ],
          // Found while a test runs, they would reload the page under it.
          include: [
            '@huggingface/tokenizers',
            'comlink',
            'gpt-tokenizer/encoding/o200k_base',
            'idb',
            'tokenx',
          ],
        },
        test: {
          name: 'browser',
          include: ['src/**/*.browser.test.ts'],
          expect: { poll: { timeout: 10_000 } }, // a busy machine is slow, and not wrong
          benchmark: { include: ['src/**/*.browser.bench.ts'] },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(executablePath === undefined ? {} : { executablePath }),
                args: [
                  '--no-sandbox',
                  '--enable-unsafe-webgpu',
                  '--use-webgpu-adapter=swiftshader',
                ],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
