#!/usr/bin/env node
/**
 * `npm run demo`: the demo page from source, with the FAQ upstream; builds nothing. `-- --llm`: with
 * a language model on this computer, too, fetched on first use.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { localModelPlugins } from './llm/local-model-plugins.mjs';
import { root, runMain, setup } from './setup.mjs';

await runMain(import.meta.url, async () => {
  const { values } = parseArgs({ options: { llm: { type: 'boolean', default: false } } });
  await setup({ needsChromium: false });
  const plugins = await localModelPlugins(values.llm);
  const { createServer } = await import('vite');
  const server = await createServer({ configFile: join(root, 'vite.config.ts'), plugins });
  await server.listen();
  server.printUrls();
});
