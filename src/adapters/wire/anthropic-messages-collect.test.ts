import { describe, expect, test } from 'vitest';
import { anthropicMessages } from './anthropic-messages.js';
import type { JsonObject } from './json.js';
import { collectText, openCollector } from './test-collector.js';

const usage = {
  input_tokens: 3,
  cache_creation_input_tokens: 2,
  cache_read_input_tokens: 10,
  output_tokens: 4,
};
const answer = {
  text: 'Grüße, 世界 🎉',
  model: 'claude-test-1',
  usage: { promptTokens: 15, completionTokens: 4 },
};
const text = { type: 'text', text: answer.text, citations: null };
const silent = { type: 'thinking', thinking: '', signature: 'x' };

const toMessage = (fields: JsonObject = {}): JsonObject => ({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-test-1',
  content: [text],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage,
  ...fields,
});

const start = (fields: JsonObject = {}): JsonObject => ({
  type: 'message_start',
  message: toMessage({ content: [], usage: { ...usage, output_tokens: 1 }, ...fields }),
});
const block = (content_block: JsonObject, index = 0): JsonObject => ({
  type: 'content_block_start',
  index,
  content_block,
});
const delta = (fields: JsonObject): JsonObject => ({
  type: 'content_block_delta',
  index: 0,
  delta: fields,
});
const say = (words: string) => delta({ type: 'text_delta', text: words });
const end = (reason: string | null = 'end_turn'): readonly JsonObject[] => [
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: reason }, usage: { output_tokens: 4 } },
  { type: 'message_stop' },
];
const toStream = (...events: readonly (JsonObject | string)[]) =>
  events
    .map((event) =>
      typeof event === 'string'
        ? event
        : `event: ${String(event.type)}\ndata: ${JSON.stringify(event)}\n\n`,
    )
    .join('');

const collect = (stream: string, chunkBytes?: number) =>
  collectText(anthropicMessages, 'text/event-stream', stream, chunkBytes);
const collectWhole = (message: unknown) =>
  collectText(anthropicMessages, 'application/json', JSON.stringify(message));

const empty = { ...text, text: '' };
const good = [start(), block(empty), { type: 'ping' }, say('Grüße, '), say('世界 🎉'), ...end()];

describe('a stream', () => {
  test.for([1, 2, 7, 1000])('is read alike in chunks of %i bytes', (chunkBytes) => {
    expect(collect(toStream(...good), chunkBytes)).toEqual(answer);
    expect(collect(toStream(...good).replaceAll('\n', '\r\n'), chunkBytes)).toEqual(answer);
  });

  test('ends with message_stop, and not before', () => {
    const encoder = new TextEncoder();
    const collector = openCollector(anthropicMessages, 'text/event-stream');
    expect(collector.push(encoder.encode(toStream(...good.slice(0, -1))))).toBeUndefined();
    expect(collector.push(encoder.encode(toStream(...good.slice(-1))))).toEqual(answer);
  });

  test('may hold thinking that is not shown, and events that are not known', () => {
    const thought = [
      block(silent),
      delta({ type: 'thinking_delta', thinking: '' }),
      delta({ type: 'signature_delta', signature: 'x' }),
      { type: 'content_block_stop', index: 0 },
      { type: 'made_up' },
    ];
    const events = [start(), ...thought, block(empty, 1), say(answer.text), ...end()];
    expect(collect(toStream(...events))).toEqual(answer);
  });

  test('has its last counts', () => {
    const counted = { input_tokens: 5, output_tokens: 9 };
    const events = [
      start(),
      block(text),
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: counted },
      { type: 'message_stop' },
    ];
    expect(collect(toStream(...events))).toMatchObject({
      usage: { promptTokens: 5, completionTokens: 9 },
    });
  });

  const shown = delta({ type: 'thinking_delta', thinking: 'Hm.' });
  const input = delta({ type: 'input_json_delta', partial_json: '{' });
  const cite = delta({ type: 'citations_delta', citation: {} });
  test.for([
    ['shown thinking', [start(), block(silent), shown], 'the answer has thinking_delta'],
    [
      'a call',
      [start(), block({ type: 'tool_use' }), input, ...end('tool_use')],
      'the answer has tool_use',
    ],
    ['a search', [start(), block({ type: 'server_tool_use' })], 'the answer has server_tool_use'],
    ['an odd delta', [start(), block(empty), input], 'the answer has input_json_delta'],
    ['citations', [start(), block(text), cite], 'the answer has citations_delta'],
    ['two texts', [start(), block(text), block(text, 1)], 'the answer has several parts'],
    ['an error', [start(), { type: 'error', error: {} }], 'the answer is an error'],
    ['a pause', [start(), block(text), ...end('pause_turn')], 'stop_reason is "pause_turn"'],
    ['no reason', [start({ stop_reason: null }), block(text), ...end(null)], 'stop_reason is null'],
    ['no text', [start(), ...end()], 'the answer is empty'],
    ['empty text', [start(), block(empty), ...end()], 'the answer is empty'],
    ['no end', [start(), block(text)], 'the answer was cut off'],
    ['nothing', [], 'the answer was cut off'],
    ['broken JSON', ['data: {"type"\n\n'], 'the answer is not JSON'],
    ['an odd start', [{ type: 'message_start' }], 'the answer is no message'],
    ['an odd block', [start(), { type: 'content_block_start' }], 'the answer is no message'],
    ['an odd end', [start(), { type: 'message_delta' }], 'the answer is no message'],
  ] as [string, (JsonObject | string)[], string][])('with %s is not kept', ([, events, reason]) => {
    expect(collect(toStream(...events))).toBe(reason);
  });
});

describe('a whole answer', () => {
  test('is kept with its cost, and without thinking that is not shown', () => {
    expect(collectWhole(toMessage())).toEqual(answer);
    expect(collectWhole(toMessage({ content: [silent, text] }))).toEqual(answer);
    const { usage: _usage, ...free } = answer;
    expect(collectWhole(toMessage({ usage: null }))).toEqual(free);
  });

  test.for([
    [{ stop_reason: 'max_tokens' }, 'stop_reason is "max_tokens"'],
    [{ stop_reason: 'stop_sequence', stop_sequence: 'x' }, 'stop_reason is "stop_sequence"'],
    [{ stop_reason: 'refusal' }, 'stop_reason is "refusal"'],
    [{ stop_reason: null }, 'stop_reason is null'],
    [{ content: [{ ...silent, thinking: 'Hm.' }, text] }, 'the answer has thinking'],
    [
      { content: [{ type: 'redacted_thinking', data: 'x' }, text] },
      'the answer has redacted_thinking',
    ],
    [{ content: [text, { type: 'tool_use' }] }, 'the answer has tool_use'],
    [{ content: [text, text] }, 'the answer has several parts'],
    [{ content: [{ ...text, citations: [{}] }] }, 'the answer is not plain text'],
    [{ content: [{ ...text, text: '' }] }, 'the answer is empty'],
    [{ content: [] }, 'the answer is empty'],
    [{ content: null }, 'the answer is no message'],
    [{ type: 'error', error: {} }, 'the answer is an error'],
    [{ type: 'completion' }, 'the answer is no message'],
  ] as [JsonObject, string][])('%j is not kept: %s', ([fields, reason]) => {
    expect(collectWhole(toMessage(fields))).toBe(reason);
  });

  test.for(['', '{"content":', '[]', '{}'])('a text that is none: %j', (json) => {
    expect(typeof collectText(anthropicMessages, 'application/json', json)).toBe('string');
  });
});
