import { fileURLToPath } from 'node:url';

/** Where `/v1/` is: by default the FAQ server that this repository has for its demo. */
const proxy = { '/v1': { target: process.env.UPSTREAM ?? 'http://127.0.0.1:8787' } };

/** @type {import('vite').UserConfig} */
export default {
  server: { proxy },
  preview: { proxy },
  build: {
    target: 'es2022',
    rolldownOptions: {
      input: ['index.html', 'sw.js'].map((file) => fileURLToPath(new URL(file, import.meta.url))),
      output: {
        // A service worker keeps its address, or browsers would not find its updates.
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
};
