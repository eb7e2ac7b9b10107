/**
 * The local language model behind `/v1/` on a port of its own, `node scripts/llm/main.mjs [port]`;
 * without one, the system chooses. Fetches nothing: `npm run demo -- --llm` does.
 */
import { createServer } from 'node:http';
import { availableParallelism } from 'node:os';
import { languageModelFiles } from './ensure-language-model.mjs';
import { createLlmHandler } from './handler.mjs';
import { openGenerator } from './open-generator.mjs';

// Leaves a core to the browser: llama.cpp's threads wait for each other by spinning, so that one
// that has to share its core holds up all of them.
const threads = Math.max(1, Math.min(4, availableParallelism() - 1));
const generator = await openGenerator({ ...languageModelFiles, threads });
const server = createServer(createLlmHandler(generator));
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  const url = `http://127.0.0.1:${address.port}/v1`;
  console.log(`llm: SmolLM2-135M-Instruct answers at ${url}`);
  process.send?.({ url });
});
// The process that started this one has ended.
process.once('disconnect', () => process.exit());
