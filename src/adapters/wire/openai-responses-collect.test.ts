import { describe, expect, test } from 'vitest';
import type { JsonObject } from './json.js';
import { openaiResponses } from './openai-responses.js';
import { collectText, openCollector } from './test-collector.js';

const usage = { input_tokens: 3, output_tokens: 4, total_tokens: 7 };
const answer = {
  id: 'resp_1',
  text: 'Grüße, 世界 🎉',
  model: 'gpt-test-1',
  usage: { promptTokens: 3, completionTokens: 4 },
};
const part = { type: 'output_text', text: answer.text, annotations: [], logprobs: [] };
const message = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  status: 'completed',
  content: [part],
};
const reasoning = { id: 'rs_1', type: 'reasoning', summary: [], encrypted_content: 'gAAA' };

const toResponse = (fields: JsonObject = {}): JsonObject => ({
  id: 'resp_1',
  object: 'response',
  status: 'completed',
  error: null,
  model: 'gpt-test-1',
  output: [message],
  usage,
  ...fields,
});
const toStream = (...events: readonly (JsonObject | string)[]) =>
  events
    .map((event) =>
      typeof event === 'string'
        ? event
        : `event: ${String(event.type)}\ndata: ${JSON.stringify(event)}\n\n`,
    )
    .join('');
const before = toStream(
  { type: 'response.created', response: { status: 'in_progress' } },
  { type: 'response.output_item.added', output_index: 0, item: reasoning },
  { type: 'response.output_text.delta', delta: 'Grüße, ', obfuscation: 'x7' },
);

const collectWhole = (response: unknown) =>
  collectText(openaiResponses, 'application/json', JSON.stringify(response));
const collectStream = (text: string, chunkBytes?: number) =>
  collectText(openaiResponses, 'text/event-stream', text, chunkBytes);
const collectCompleted = (response: JsonObject) =>
  collectStream(before + toStream({ type: 'response.completed', response }));

test.for([
  ['whole', collectWhole],
  ['streamed', collectCompleted],
] as const)('a response is kept, %s, and silent reasoning is left out', ([, collect]) => {
  expect(collect(toResponse())).toEqual(answer);
  expect(collect(toResponse({ output: [reasoning, message] }))).toEqual(answer);
  const phased = { ...message, phase: 'final_answer' };
  expect(collect(toResponse({ output: [phased] }))).toEqual(answer);
  const { usage: _usage, ...free } = answer;
  expect(collect(toResponse({ usage: null }))).toEqual(free);
});

test.for([1, 2, 7, 1000])('a stream is read alike in chunks of %i bytes', (chunkBytes) => {
  const stream = before + toStream({ type: 'response.completed', response: toResponse() });
  expect(collectStream(stream, chunkBytes)).toEqual(answer);
});

test('a stream ends with its last event, and not before', () => {
  const encoder = new TextEncoder();
  const collector = openCollector(openaiResponses, 'text/event-stream');
  expect(collector.push(encoder.encode(before))).toBeUndefined();
  const end = toStream({ type: 'response.completed', response: toResponse() });
  expect(collector.push(encoder.encode(end))).toEqual(answer);
});

describe('a response is not kept', () => {
  const summary = [{ type: 'summary_text', text: 'Hm.' }];
  const call = { type: 'function_call', call_id: 'a', name: 'f', arguments: '{}' };
  const annotations = [{ type: 'url_citation', url: 'https://x.example' }];
  const toOutput = (...content: JsonObject[]): JsonObject => ({
    output: [{ ...message, content }],
  });

  test.for([
    ['a tool call', { output: [call] }, 'the answer has function_call'],
    [
      'a text and a call',
      { output: [message, call] },
      'the answer has function_call beside its text',
    ],
    [
      'a search',
      { output: [{ type: 'web_search_call' }, message] },
      'the answer has web_search_call',
    ],
    ['two messages', { output: [message, message] }, 'the answer has message beside its text'],
    [
      'a shown summary',
      { output: [{ ...reasoning, summary }, message] },
      'the answer has reasoning',
    ],
    [
      'shown reasoning',
      { output: [{ ...reasoning, content: [{}] }, message] },
      'the answer has reasoning',
    ],
    [
      'a commentary',
      { output: [{ ...message, phase: 'commentary' }] },
      'the answer is a commentary',
    ],
    ['a refusal', toOutput({ type: 'refusal', refusal: 'No.' }), 'the answer has refusal'],
    ['two parts', toOutput(part, part), 'the answer has several parts'],
    ['citations', toOutput({ ...part, annotations }), 'the answer has annotations'],
    ['logprobs', toOutput({ ...part, logprobs: [{}] }), 'the answer has logprobs'],
    ['no text', toOutput({ ...part, text: '' }), 'the answer is empty'],
    ['odd text', toOutput({ ...part, text: 1 }), 'the answer is not plain text'],
    ['no part', toOutput(), 'the answer is empty'],
    ['no output', { output: [] }, 'the answer is empty'],
    ['only reasoning', { output: [reasoning] }, 'the answer is empty'],
    ['no list', { output: null }, 'the answer is no response'],
    ['an error', { error: { code: 'x' }, status: 'failed' }, 'the answer is an error'],
    ['the length', { status: 'incomplete' }, 'status is "incomplete"'],
    ['a queue', { status: 'queued' }, 'status is "queued"'],
    ['no status', { status: undefined }, 'status is null'],
  ] as const)('with %s', ([, fields, reason]) => {
    expect(collectWhole(toResponse(fields))).toBe(reason);
    expect(collectCompleted(toResponse(fields))).toBe(reason);
  });

  test.for([
    ['of nothing', [], 'the answer was cut off: it has no response.completed'],
    ['without its end', [before], 'the answer was cut off: it has no response.completed'],
    ['that failed', [before, { type: 'response.failed', response: {} }], 'the answer is an error'],
    [
      'with an error',
      [before, { type: 'error', code: 'x', message: 'y' }],
      'the answer is an error',
    ],
    ['with an error of a gateway', [{ error: { message: 'x' } }], 'the answer is an error'],
    ['that is cut', [before, { type: 'response.incomplete' }], 'status is "incomplete"'],
    ['of broken JSON', ['data: {"type"\n\n'], 'the answer is not JSON'],
    ['of an empty end', [{ type: 'response.completed' }], 'the answer is not JSON'],
  ] as const)('as a stream %s', ([, events, reason]) => {
    expect(collectStream(toStream(...events))).toBe(reason);
  });

  test.for(['', '{"output":', '[]', '{}'])('as a text that is none: %j', (text) => {
    expect(typeof collectText(openaiResponses, 'application/json', text)).toBe('string');
  });
});
