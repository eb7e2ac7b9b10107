/** Stands for main.mjs in a test: the same server in a process, without the weights. */
import { createServer } from 'node:http';
import { createLlmHandler } from './handler.mjs';
import { createTestGenerator } from './test-generator.mjs';

const generator = createTestGenerator(async () => {
  if (process.argv[2] === 'crash') process.exit(3);
});
const server = createServer(createLlmHandler(generator));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  process.send?.({ url: `http://127.0.0.1:${address.port}/v1` });
});
process.once('disconnect', () => process.exit());
