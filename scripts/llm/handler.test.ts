import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { createLlmHandler } from './handler.mjs';
import { createTestGenerator } from './test-generator.mjs';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections();
});

async function serve(generator = createTestGenerator()): Promise<string> {
  const server = createServer(createLlmHandler(generator, { now: () => 5_000 }));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server that listens
  return `http://127.0.0.1:${port}/v1`;
}

function ask(url: string, extra: object = {}, signal?: AbortSignal): Promise<Response> {
  const messages = [{ role: 'user', content: 'Good morning.' }];
  return fetch(`${url}/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model: 'smollm2-135m-instruct', messages, ...extra }),
    ...(signal === undefined ? {} : { signal }),
  });
}

async function readEvents(response: Response): Promise<unknown[]> {
  const events = (await response.text()).split('\n\n').filter((event) => event !== '');
  expect(events.pop()).toBe('data: [DONE]');
  return events.map((event): unknown => JSON.parse(event.slice('data: '.length)));
}

test('a whole answer has the shape of a chat completion', async () => {
  const response = await ask(await serve());
  expect(await response.json()).toEqual({
    id: 'chatcmpl-llm-1',
    object: 'chat.completion',
    created: 5,
    model: 'smollm2-135m-instruct',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: 'You said Good morning.', refusal: null },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: { prompt_tokens: 1, completion_tokens: 4, total_tokens: 5 },
  });
});

test('a streamed answer that max_tokens cuts says so, and its usage when asked for', async () => {
  const extra = { stream: true, stream_options: { include_usage: true }, max_tokens: 3 };
  const response = await ask(await serve(), extra);
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const choice = (delta: object, reason: string | null = null) => ({
    choices: [{ index: 0, delta, logprobs: null, finish_reason: reason }],
    usage: null,
  });
  expect(await readEvents(response)).toMatchObject([
    choice({ role: 'assistant', content: '' }),
    choice({ content: 'You ' }),
    choice({ content: 'said ' }),
    choice({ content: 'Good ' }),
    choice({}, 'length'),
    { choices: [], usage: { completion_tokens: 3 } },
  ]);
});

test('answers are made one after another', async () => {
  let running = 0;
  let most = 0;
  const generator = createTestGenerator();
  const url = await serve({
    async generate(request, call) {
      running += 1;
      most = Math.max(most, running);
      const end = await generator.generate(request, call);
      running -= 1;
      return end;
    },
  });
  const answers = await Promise.all([ask(url), ask(url, { stream: true }), ask(url)]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  await Promise.all(answers.map((answer) => answer.text()));
  expect(most).toBe(1);
});

test.each([true, false])('a caller who goes away frees the model (stream: %s)', async (stream) => {
  const signals: AbortSignal[] = [];
  const url = await serve(
    createTestGenerator((signal) => {
      if (signals.length > 0) return Promise.resolve(); // the second caller is answered
      signals.push(signal);
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve());
      });
    }),
  );
  const controller = new AbortController();
  const first = ask(url, { stream }, controller.signal);
  await vi.waitUntil(() => signals.length === 1);
  const second = ask(url);
  controller.abort();
  await expect(first).rejects.toMatchObject({ name: 'AbortError' });
  expect((await second).status).toBe(200);
});

test('a failure of the model is a server error, and the next request is answered', async () => {
  let calls = 0;
  const generator = createTestGenerator(async () => {
    calls += 1;
    if (calls === 1) throw new Error('out of memory');
  });
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const url = await serve(generator);
  const failed = await ask(url, { stream: true });
  expect(failed.status).toBe(500);
  expect(await failed.json()).toMatchObject({ error: { type: 'server_error' } });
  expect(log).toHaveBeenCalledOnce();
  log.mockRestore();
  expect((await ask(url)).status).toBe(200);
});

test('the model list names the model', async () => {
  const response = await fetch(`${await serve()}/models`);
  expect(await response.json()).toMatchObject({ data: [{ id: 'smollm2-135m-instruct' }] });
});
