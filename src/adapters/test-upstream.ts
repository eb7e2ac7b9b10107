import { respondInAnthropicMessages } from './test-upstream/anthropic-messages.js';
import { respondInText, respondInUiMessages } from './test-upstream/app-route.js';
import {
  type Exchange,
  type Respond,
  sendJson,
  type TestReply,
  type UpstreamRequest,
  type World,
} from './test-upstream/exchange.js';
import { respondInOpenaiChat } from './test-upstream/openai-chat.js';
import { respondInOpenaiResponses } from './test-upstream/openai-responses.js';

/**
 * A server on a real socket that speaks a provider's wire, for tests in the browser; a Vite plugin,
 * so that it shares the page's origin. It runs in Node, and types what it uses of Node itself: this
 * folder compiles without Node's types.
 *
 * Every test picks a name: calls go to `/test-upstream/<name>/...`, where the path chooses the wire
 * and `model` what happens; `GET /test-upstream/<name>/log` tells what came in, and
 * `POST /test-upstream/<name>/release` lets the answers of the models `hold-...` go on.
 */

type TestRequest = AsyncIterable<Uint8Array> & {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly rawHeaders: readonly string[];
};

type TestServer = {
  readonly middlewares: {
    use(path: string, handler: (request: TestRequest, reply: TestReply) => void): unknown;
  };
};

/** What the tests talk to it with. */
const sdks = [
  '@anthropic-ai/sdk',
  'openai',
  'ai',
  '@ai-sdk/openai',
  '@langchain/core/caches',
  '@langchain/core/messages',
  '@langchain/core/tools',
  '@langchain/openai',
];

/** Serves `/test-upstream/`. Add it to the plugins of the browser project. */
export function testUpstream() {
  const worlds = new Map<string, World>();
  return {
    name: 'test-upstream',
    // Found while a test runs, a dependency is bundled and the page reloaded under the test.
    config: () => ({ optimizeDeps: { include: sdks } }),
    configureServer({ middlewares }: TestServer) {
      middlewares.use('/test-upstream', (request, reply) => {
        serve(worlds, request, reply).catch((error: unknown) => {
          reply.statusCode = 500;
          reply.end(`test upstream: ${String(error)}`);
        });
      });
    },
  };
}

async function serve(
  worlds: Map<string, World>,
  request: TestRequest,
  reply: TestReply,
): Promise<void> {
  const [, name = '', ...path] = (request.url ?? '/').split('/');
  const world = worlds.get(name) ?? createWorld();
  worlds.set(name, world);
  if (path[0] === 'log') {
    sendJson(reply, world.log);
    return;
  }
  if (path[0] === 'release') {
    world.release();
    sendJson(reply, {});
    return;
  }
  const body = await readAll(request);
  const entry = toEntry(request, body);
  world.log.push(entry);
  reply.on('close', () => {
    entry.ended = reply.writableFinished ? 'finished' : 'disconnected';
  });
  const text = new TextDecoder().decode(body);
  await respond({ world, reply, path: `/${path.join('/')}`.replace(/\?.*/, '') }, text);
}

function createWorld(): World {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { log: [], released, release };
}

async function readAll(request: TestRequest): Promise<Uint8Array> {
  const bytes: number[] = [];
  for await (const chunk of request) for (const byte of chunk) bytes.push(byte);
  return Uint8Array.from(bytes);
}

function toEntry({ method, url, rawHeaders }: TestRequest, body: Uint8Array): UpstreamRequest {
  const headers: [string, string][] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    headers.push([rawHeaders[at]?.toLowerCase() ?? '', rawHeaders[at + 1] ?? '']);
  }
  const bodyHex = Array.from(body, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { method: method ?? '', url: url ?? '', headers, bodyHex };
}

/** How the paths of the wires end; what is at no such path is answered like a chat completion. */
const wires: readonly (readonly [RegExp, Respond])[] = [
  [/\/chat\/completions$/, respondInOpenaiChat],
  [/\/responses$/, respondInOpenaiResponses],
  [/\/v1\/messages$/, respondInAnthropicMessages],
  [/\/(?:api\/(?:chat|completion)|ask)$/, respondInUiMessages],
  [/\/api\/text$/, respondInText],
];

function respond(exchange: Omit<Exchange, 'body'>, text: string): Promise<void> | void {
  const [, answer = respondInOpenaiChat] = wires.find(([path]) => path.test(exchange.path)) ?? [];
  let body: Exchange['body'];
  try {
    body = JSON.parse(text);
  } catch {
    return sendJson(exchange.reply, { received: text.length });
  }
  return answer({ ...exchange, body });
}
