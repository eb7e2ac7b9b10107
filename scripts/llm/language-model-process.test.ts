import { fork } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import { createFaqHandler } from '../faq-upstream/handler.mjs';
import { createModelClient } from './language-model-process.mjs';

const script = fileURLToPath(new URL('test-model-process.mjs', import.meta.url));
const clean: (() => void)[] = [];
afterEach(() => {
  for (const close of clean.splice(0)) close();
  vi.restoreAllMocks();
});

/** Real processes; each is given the next of `modes`. */
async function serve(...modes: readonly string[]): Promise<string> {
  let starts = 0;
  const model = await createModelClient(() => {
    const child = fork(script, [modes[starts] ?? 'well'], { execArgv: [] });
    starts += 1;
    return new Promise((resolve) => {
      child.once('message', (message) => {
        resolve({ ...(message as { url: string }), process: child }); // the script sends no other
      });
    });
  });
  clean.push(model.close);
  const server: Server = createServer(createFaqHandler({ localModel: model }));
  clean.push(() => server.closeAllConnections());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server that listens
  return `http://127.0.0.1:${port}/v1`;
}

function ask(url: string, model: string, extra: object = {}): Promise<Response> {
  const messages = [{ role: 'user', content: 'What is the capital of Australia?' }];
  const body = JSON.stringify({ model, messages, ...extra });
  return fetch(`${url}/chat/completions`, { method: 'POST', body });
}

const local = 'smollm2-135m-instruct';

test('requests that name the model go to its process, all others to the FAQ', async () => {
  const url = await serve();
  const answer = await ask(url, local, { stream: true });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  expect(answer.headers.get('x-request-id')).toBe('chatcmpl-llm-1');
  expect(await answer.text()).toContain('"content":"Australia?"');
  expect(await (await ask(url, 'faq')).text()).toContain('Canberra');
  const models = await fetch(`${url}/models`);
  expect(await models.json()).toMatchObject({ data: [{ id: 'faq' }, { id: local }] });
});

test('a refusal of the model comes through', async () => {
  const refused = await ask(await serve(), local, { temperature: 9 });
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({ error: { param: 'temperature' } });
});

test('a crash is told, and the next request finds another process', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const url = await serve('crash');
  const failed = await ask(url, local);
  expect(failed.status).toBe(502);
  expect(await failed.json()).toMatchObject({ error: { type: 'server_error' } });
  await vi.waitUntil(async () => (await ask(url, local)).status === 200);
});
