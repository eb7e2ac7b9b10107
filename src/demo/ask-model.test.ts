import { expect, test } from 'vitest';
import { createAskModel } from './ask-model.js';
import { defaultSettings } from './settings.js';

const messages = [{ role: 'user', content: 'Shorter, please.' }] as const;

function createUpstream(body: string, status = 200) {
  const sent: unknown[] = [];
  const askModel = createAskModel({
    settings: () => defaultSettings,
    fetch: async (_input, init) => {
      sent.push(JSON.parse(String(init?.body)));
      const type = status === 200 ? 'text/event-stream' : 'application/json';
      return new Response(body, { status, headers: { 'content-type': type } });
    },
  });
  return { askModel, sent };
}

const stream = ['It ', 'is.'].map((content) => ({ choices: [{ delta: { content } }] }));
const events = [...stream, { choices: [{ delta: {}, finish_reason: 'stop' }] }];
const answer = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');

test('the messages go to the model as they are, and its answer comes in pieces', async () => {
  const { askModel, sent } = createUpstream(answer);
  const pieces: string[] = [];
  for await (const piece of askModel(messages, AbortSignal.timeout(5_000))) pieces.push(piece);
  expect(pieces).toEqual(['It ', 'is.']);
  expect(sent).toMatchObject([{ messages }]);
});

test('a refusal is an error for people, and an abort its own reason', async () => {
  const { askModel } = createUpstream('{"error":{"message":"no credit"}}', 402);
  await expect(askModel(messages, AbortSignal.timeout(5_000)).next()).rejects.toThrow('no credit');
  const controller = new AbortController();
  const pieces = createUpstream(answer).askModel(messages, controller.signal);
  await pieces.next();
  const reason = new Error('enough');
  controller.abort(reason);
  await expect(pieces.next()).rejects.toBe(reason);
});
