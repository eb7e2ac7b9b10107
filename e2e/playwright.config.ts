import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { findSystemChromium } from '../scripts/setup.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Chosen by `npm test`; else the system's, and playwright's own where there is none. */
const executablePath = process.env['CHROMIUM_PATH'] ?? findSystemChromium();

/** Every process of a run reads this file: the first one chooses, the others find it chosen. */
const port = (process.env['SKIMP_E2E_PORT'] ??= String(await findFreePort()));
const baseURL = `http://127.0.0.1:${port}/`;

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // Tests look at latencies and models take a core each.
  workers: 1,
  forbidOnly: process.env['CI'] !== undefined,
  use: {
    baseURL,
    // What it serves, tests cannot intercept; offline.spec.ts lets it in.
    serviceWorkers: 'block',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: ['--no-sandbox'],
    },
  },
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --config vite.config.ts --host 127.0.0.1 --port ${port} --strictPort`,
    cwd: root,
    url: baseURL,
    stdout: 'ignore',
    stderr: 'pipe',
  },
});

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
        else reject(new Error('no free port'));
      });
    });
  });
}
