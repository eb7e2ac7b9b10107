import { fileURLToPath } from 'node:url';

/**
 * Builds `public/sw.js`, in one file: a service worker must not load code when it runs, and skimp
 * loads each wire format when it is first spoken.
 *
 * @type {import('vite').UserConfig}
 */
export default {
  publicDir: false,
  build: {
    target: 'es2022',
    outDir: 'public',
    emptyOutDir: false,
    lib: {
      entry: fileURLToPath(new URL('service-worker.js', import.meta.url)),
      formats: ['iife'],
      name: 'skimpServiceWorker',
      fileName: () => 'sw.js',
    },
    rolldownOptions: { output: { codeSplitting: false } },
  },
};
