// Stand-alone FAQ server: `node scripts/faq-upstream/main.mjs [port]`, 8787 by default.
import { createServer } from 'node:http';
import { createFaqHandler } from './handler.mjs';

const port = Number(process.argv[2] ?? 8787);
const server = createServer(createFaqHandler());
server.listen(port, '127.0.0.1', () => {
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  console.log(`Built-in FAQ server, not a language model: http://127.0.0.1:${bound}/v1`);
});
