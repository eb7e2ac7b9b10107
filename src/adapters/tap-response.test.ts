import { expect, test } from 'vitest';
import { tapResponse } from './tap-response.js';
import { openaiChat } from './wire/openai-chat.js';
import type { Collector, Outcome, Reason } from './wire/wire-format.js';

const stop = { choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: 'stop' }] };
const events = [`data: ${JSON.stringify(stop)}\n\n`, 'data: [DONE]\n\n', ': after\n\n'];

/** A streamed answer, what its source sees, and what the tap says of it. */
function createTapped(
  createCollector: () => Collector | Reason = () => openaiChat.createCollector('text/event-stream'),
) {
  const outcomes: Outcome[] = [];
  const defects: unknown[] = [];
  const source: { pulls: number; cancelled: unknown } = { pulls: 0, cancelled: undefined };
  const rest = events.values();
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        source.pulls += 1;
        const { done, value } = rest.next();
        if (done) controller.close();
        else controller.enqueue(new TextEncoder().encode(value));
      },
      cancel(reason) {
        source.cancelled = reason;
      },
    },
    { highWaterMark: 0 },
  );
  const headers = { 'content-type': 'Text/Event-Stream; charset=utf-8', 'x-request-id': 'r1' };
  const response = tapResponse(new Response(body, { headers, statusText: 'Fine' }), {
    createCollector,
    onProgress() {},
    onOutcome: (outcome) => outcomes.push(outcome),
    onDefect: (error) => defects.push(error),
  });
  return { response, outcomes, defects, source };
}

const answer = { text: 'Hi', model: '' };
const nextTask = () => new Promise((resolve) => setImmediate(resolve));

test('a tapped answer has the same bytes, status and headers', async () => {
  const { response, outcomes } = createTapped();
  expect(response).toMatchObject({ status: 200, statusText: 'Fine', ok: true, redirected: false });
  expect(response.headers.get('x-request-id')).toBe('r1');
  expect(await response.text()).toBe(events.join(''));
  expect(outcomes).toEqual([answer]);
});

test('nothing is read ahead of the app, but one chunk', async () => {
  const { response, source } = createTapped();
  await nextTask();
  expect(source.pulls).toBe(1);
  await response.body?.getReader().read();
  await nextTask();
  expect(source.pulls).toBe(2);
});

test('a cancel reaches the source with its reason, and is an outcome', async () => {
  const { response, outcomes, source } = createTapped();
  await response.body?.cancel('enough');
  await nextTask();
  expect(source.cancelled).toBe('enough');
  expect(outcomes).toEqual(['the answer was aborted or broke off']);
});

test('an answer is known at [DONE], where SDKs stop reading', async () => {
  const { response, outcomes } = createTapped();
  const reader = response.body?.getReader();
  await reader?.read();
  expect(outcomes).toEqual([]);
  await reader?.read();
  expect(outcomes).toEqual([answer]);
  await reader?.cancel();
  await nextTask();
  expect(outcomes).toEqual([answer]);
});

test('a defect in the collector does not reach the app', async () => {
  const defect = new TypeError('a defect');
  const { response, outcomes, defects } = createTapped(() => ({
    push() {
      throw defect;
    },
    finish: () => 'never asked',
  }));
  expect(await response.text()).toBe(events.join(''));
  expect(defects).toEqual([defect]);
  expect(outcomes).toEqual(['the answer could not be read along']);
});

test.for([
  ['an error', new Response('{}', { status: 503 }), 'status 503'],
  ['another success', Response.json({}, { status: 201 }), 'status 201'],
  ['text', new Response('hello'), 'the answer is plain text'],
  ['no type', new Response(null), 'neither JSON, events nor text'],
  [
    'no body',
    new Response(null, { headers: { 'content-type': 'application/json' } }),
    'the answer has no body to read',
  ],
] as const)('%s is handed on as it is', ([, response, reason]) => {
  const outcomes: Outcome[] = [];
  const tapped = tapResponse(response, {
    createCollector: openaiChat.createCollector,
    onProgress() {},
    onOutcome: (outcome) => outcomes.push(outcome),
    onDefect() {},
  });
  expect(tapped).toBe(response);
  expect(outcomes).toEqual([reason]);
});
