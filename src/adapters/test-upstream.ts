/**
 * A server on a real socket that speaks a provider's wire, for tests in the browser; a Vite plugin,
 * so that it shares the page's origin. It runs in Node, and types what it uses of Node itself: this
 * folder compiles without Node's types.
 *
 * Every test picks a name: calls go to `/test-upstream/<name>/v1/chat/completions`, where `model`
 * chooses what happens; `GET /test-upstream/<name>/log` tells what came in, and
 * `POST /test-upstream/<name>/release` lets the answers of the models `hold-...` go on.
 */

type TestRequest = AsyncIterable<Uint8Array> & {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly rawHeaders: readonly string[];
};

type TestReply = {
  statusCode: number;
  readonly writableFinished: boolean;
  setHeader(name: string, value: string): unknown;
  write(chunk: string | Uint8Array): unknown;
  end(chunk?: string): unknown;
  destroy(): unknown;
  on(event: 'close', listener: () => void): unknown;
};

type TestServer = {
  readonly middlewares: {
    use(path: string, handler: (request: TestRequest, reply: TestReply) => void): unknown;
  };
};

/** One request as it came in. */
export type UpstreamRequest = {
  readonly method: string;
  readonly url: string;
  /** Names in lower case, in the order of arrival. */
  readonly headers: readonly (readonly [string, string])[];
  /** The body's bytes, in hex. */
  readonly bodyHex: string;
  /** How the connection ended; absent while it has not. */
  ended?: 'finished' | 'disconnected';
};

type World = {
  readonly log: UpstreamRequest[];
  readonly released: Promise<void>;
  readonly release: () => void;
};

type Call = {
  readonly reply: TestReply;
  readonly world: World;
  readonly model: string;
  readonly stream: boolean;
  readonly includeUsage: boolean;
  readonly text: string;
};

const usage = { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 };
const toolCalls = [
  { index: 0, id: 'call_1', type: 'function', function: { name: 'get_time', arguments: '{}' } },
];

/** Serves `/test-upstream/`. Add it to the plugins of the browser project. */
export function openaiTestUpstream() {
  const worlds = new Map<string, World>();
  return {
    name: 'openai-test-upstream',
    // Found while a test runs, a dependency is bundled and the page reloaded under the test.
    config: () => ({
      optimizeDeps: {
        include: [
          'openai',
          '@langchain/core/caches',
          '@langchain/core/messages',
          '@langchain/core/tools',
          '@langchain/openai',
        ],
      },
    }),
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
  await respond(world, reply, new TextDecoder().decode(body));
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

function respond(world: World, reply: TestReply, text: string): Promise<void> | void {
  let body: { [name: string]: unknown };
  try {
    body = JSON.parse(text);
  } catch {
    return sendJson(reply, { received: text.length });
  }
  const { model, stream, messages, stream_options: streamOptions } = body;
  const call: Call = {
    reply,
    world,
    model: String(model),
    stream: stream === true,
    includeUsage: JSON.stringify(streamOptions ?? {}).includes('"include_usage":true'),
    text: `Réponse à ${JSON.stringify(Array.isArray(messages) ? messages.at(-1) : null)} 🎉`,
  };
  return (behaviours[call.model] ?? sendAnswer)(call);
}

/** What happens, by the name of the model; any other model answers well. */
const behaviours: Readonly<Record<string, (call: Call) => Promise<void> | void>> = {
  'status-400': (call) => sendError(call, 400),
  'status-429': (call) => sendError(call, 429),
  'status-500': (call) => sendError(call, 500),
  'not-json': ({ reply }) => {
    reply.setHeader('content-type', 'text/html');
    reply.end('<h1>Bad gateway</h1>');
  },
  'broken-json': ({ reply }) => {
    reply.setHeader('content-type', 'application/json');
    reply.end('{"id":"chatcmpl-1","choices":[');
  },
  'hold-head': async (call) => {
    await call.world.released;
    sendAnswer(call);
  },
  'hold-middle': async (call) => {
    openStream(call);
    sendChunk(call, { delta: { role: 'assistant', content: 'first ' } });
    await call.world.released;
    endStream(call, 'second');
  },
  'sse-error': (call) => {
    openStream(call);
    sendChunk(call, { delta: { role: 'assistant', content: 'so far ' } });
    sendData(call, { error: { message: 'overloaded', type: 'server_error', code: 'overloaded' } });
    call.reply.end();
  },
  'tool-call': (call) => {
    const message = { role: 'assistant', content: null, tool_calls: toolCalls };
    if (!call.stream) return sendCompletion(call, message, 'tool_calls');
    openStream(call);
    sendChunk(call, { delta: message });
    sendChunk(call, { delta: {}, finish_reason: 'tool_calls' });
    call.reply.end('data: [DONE]\n\n');
  },
  length: (call) => {
    if (!call.stream) {
      return sendCompletion(call, { role: 'assistant', content: 'cut off' }, 'length');
    }
    openStream(call);
    sendChunk(call, { delta: { role: 'assistant', content: 'cut off' } });
    sendChunk(call, { delta: {}, finish_reason: 'length' });
    call.reply.end('data: [DONE]\n\n');
  },
  truncated: (call) => {
    openStream(call);
    sendChunk(call, { delta: { role: 'assistant', content: 'half an ans' } });
    call.reply.end();
  },
  'socket-lost': async (call) => {
    openStream(call);
    sendChunk(call, { delta: { role: 'assistant', content: 'half an ans' } });
    await call.world.released;
    call.reply.destroy();
  },
  json: (call) => sendCompletion(call, { role: 'assistant', content: '{"city":"Paris"}' }),
  huge: (call) => sendCompletion(call, { role: 'assistant', content: 'x'.repeat(5_000_000) }),
};

function sendAnswer(call: Call): void {
  if (!call.stream) {
    sendCompletion(call, { role: 'assistant', content: call.text, refusal: null });
    return;
  }
  openStream(call);
  sendChunk(call, { delta: { role: 'assistant', content: '' } });
  endStream(call, call.text);
}

function sendJson(reply: TestReply, value: unknown): void {
  reply.setHeader('content-type', 'application/json');
  reply.end(JSON.stringify(value));
}

function sendError({ reply }: Call, status: number): void {
  reply.statusCode = status;
  reply.setHeader('retry-after-ms', '1');
  sendJson(reply, { error: { message: `told to send ${status}`, type: 'test', code: null } });
}

function toHead({ model }: Call, object: string) {
  return { id: 'chatcmpl-upstream', object, created: 1_700_000_000, model: `${model}-2026-01-01` };
}

function sendCompletion(call: Call, message: object, finishReason = 'stop'): void {
  call.reply.setHeader('x-request-id', 'req-upstream');
  const choices = [{ index: 0, message, logprobs: null, finish_reason: finishReason }];
  sendJson(call.reply, { ...toHead(call, 'chat.completion'), choices, usage });
}

function openStream({ reply }: Call): void {
  reply.setHeader('content-type', 'text/event-stream; charset=utf-8');
  reply.setHeader('x-request-id', 'req-upstream');
}

function sendData({ reply }: Call, value: object): void {
  reply.write(`data: ${JSON.stringify(value)}\n\n`);
}

function sendChunk(call: Call, choice: object): void {
  const choices = [{ index: 0, finish_reason: null, ...choice }];
  const end = call.includeUsage ? { usage: null, obfuscation: 'x7' } : { obfuscation: 'x7' };
  sendData(call, { ...toHead(call, 'chat.completion.chunk'), choices, ...end });
}

function endStream(call: Call, text: string): void {
  for (const word of text.split(/(?<= )/)) sendChunk(call, { delta: { content: word } });
  sendChunk(call, { delta: {}, finish_reason: 'stop' });
  if (call.includeUsage) {
    sendData(call, { ...toHead(call, 'chat.completion.chunk'), choices: [], usage });
  }
  call.reply.end('data: [DONE]\n\n');
}
