#!/usr/bin/env node
/** `npm run demo`: the demo page from source, with the FAQ upstream; builds nothing. */
import { join } from 'node:path';
import { root, setup } from './setup.mjs';

await setup({ needsChromium: false });
const { createServer } = await import('vite');
const server = await createServer({ configFile: join(root, 'vite.config.ts') });
await server.listen();
server.printUrls();
