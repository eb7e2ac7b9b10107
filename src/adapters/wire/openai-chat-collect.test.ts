import { describe, expect, test } from 'vitest';
import { openaiChat } from './openai-chat.js';
import { collectText, openCollector } from './test-collector.js';
import type { AnswerType } from './wire-format.js';

const encoder = new TextEncoder();

const collect = (type: AnswerType, text: string, chunkBytes?: number) =>
  collectText(openaiChat, type, text, chunkBytes);

const toChunk = (delta: object, finishReason: string | null = null) => ({
  model: 'gpt-test-1',
  choices: [{ index: 0, delta, finish_reason: finishReason }],
});
const start = toChunk({ role: 'assistant', content: '' });
const stop = toChunk({}, 'stop');

const toStream = (...chunks: readonly (object | string)[]) =>
  chunks
    .map((chunk) => (typeof chunk === 'string' ? chunk : `data: ${JSON.stringify(chunk)}\n\n`))
    .join('');
const done = 'data: [DONE]\n\n';

const answer = { text: 'Grüße, 世界 🎉', model: 'gpt-test-1' };
const stream = toStream(
  start,
  toChunk({ content: 'Grüße, ' }),
  toChunk({ content: '世界 🎉' }),
  stop,
);

describe('a stream', () => {
  test.for([1, 2, 3, 7, 1000])('is read alike in chunks of %i bytes', (chunkBytes) => {
    expect(collect('text/event-stream', stream + done, chunkBytes)).toEqual(answer);
    const crlf = (stream + done).replaceAll('\n', '\r\n');
    expect(collect('text/event-stream', crlf, chunkBytes)).toEqual(answer);
  });

  test('may have comments, names, ids, a byte order mark and data over several lines', () => {
    const spread = JSON.stringify(toChunk({ content: answer.text }), null, 1)
      .split('\n')
      .map((line) => `data:${line}\n`)
      .join('');
    const text = `\uFEFF: hello\n\nevent: x\nid: 1\nretry: 10\n${spread}\n`;
    expect(collect('text/event-stream', text + toStream(stop, done))).toEqual(answer);
  });

  test('need not end with [DONE] when it has stopped', () => {
    expect(collect('text/event-stream', stream)).toEqual(answer);
  });

  test('ends at [DONE], and not before', () => {
    const collector = openCollector(openaiChat, 'text/event-stream');
    expect(collector.push(encoder.encode(stream))).toBeUndefined();
    expect(collector.push(encoder.encode(done))).toEqual(answer);
  });

  test('brings its usage in a chunk of its own, or with the last one', () => {
    const usage = { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 };
    const expected = {
      text: 'a',
      model: 'gpt-test-1',
      usage: { promptTokens: 3, completionTokens: 4 },
    };
    const text = { ...toChunk({ content: 'a' }), usage: null };
    const own = toStream(text, stop, { model: 'gpt-test-1', choices: [], usage }, done);
    expect(collect('text/event-stream', own)).toEqual(expected);
    const last = toStream(text, { ...stop, usage }, done);
    expect(collect('text/event-stream', last)).toEqual(expected);
  });

  test('may reason before it answers, and have empty fields and a filter report', () => {
    const text = toStream(
      { model: '', choices: [], prompt_filter_results: [{}] },
      toChunk({ reasoning_content: 'Hm.', tool_calls: [], refusal: null, audio: null, extra: {} }),
      toChunk({ content: answer.text }),
      stop,
      done,
    );
    expect(collect('text/event-stream', text)).toEqual(answer);
  });

  test.for([
    ['a tool call', [toChunk({ tool_calls: [{ index: 0 }] }), stop], 'the answer has tool_calls'],
    [
      'a function call',
      [toChunk({ function_call: { name: 'f' } }), stop],
      'the answer has function_call',
    ],
    ['a refusal', [toChunk({ refusal: 'No.' }), stop], 'the answer has refusal'],
    ['audio', [toChunk({ audio: { id: 'a' } }), stop], 'the answer has audio'],
    ['citations', [toChunk({ annotations: [{}] }), stop], 'the answer has annotations'],
    ['the length', [toChunk({ content: 'a' }, 'length')], 'finish_reason is "length"'],
    ['the filter', [toChunk({}, 'content_filter')], 'finish_reason is "content_filter"'],
    ['an error', [start, { error: { message: 'x' } }], 'the answer is an error'],
    ['no text', [start, stop], 'the answer is empty'],
    [
      'no end',
      [start, toChunk({ content: 'a' })],
      'the answer was cut off: it has no finish_reason',
    ],
    ['no end but [DONE]', [start, done], 'the answer was cut off: it has no finish_reason'],
    ['nothing', [], 'the answer was cut off: it has no finish_reason'],
    ['broken JSON', ['data: {"choices"\n\n'], 'the answer is not JSON'],
    ['other JSON', [{ type: 'ping' }], 'the answer is no chat completion'],
    ['parts as content', [toChunk({ content: [{}] })], 'the answer is not plain text'],
    ['another choice', [{ choices: [{ index: 1 }] }], 'the answer has several choices'],
  ] as const)('with %s is not kept', ([, chunks, reason]) => {
    expect(collect('text/event-stream', toStream(...chunks, done))).toBe(reason);
  });
});

describe('a whole answer', () => {
  const message = { role: 'assistant', content: answer.text, refusal: null };
  const toWhole = (choice: object, rest: object = {}) =>
    JSON.stringify({
      model: 'gpt-test-1',
      choices: [{ index: 0, message, finish_reason: 'stop', ...choice }],
      ...rest,
    });

  test.for([1, 1000])('is read in chunks of %i bytes', (chunkBytes) => {
    expect(collect('application/json', toWhole({}), chunkBytes)).toEqual(answer);
  });

  test('brings its usage', () => {
    const usage = { prompt_tokens: 3, completion_tokens: 4 };
    expect(collect('application/json', toWhole({}, { usage }))).toMatchObject({
      usage: { promptTokens: 3, completionTokens: 4 },
    });
  });

  test.for([
    [toWhole({ finish_reason: 'length' }), 'finish_reason is "length"'],
    [toWhole({ finish_reason: null }), 'the answer was cut off: it has no finish_reason'],
    [toWhole({ message: { ...message, tool_calls: [{}] } }), 'the answer has tool_calls'],
    [toWhole({ message: { ...message, content: '' } }), 'the answer is empty'],
    [toWhole({ message: { ...message, content: null } }), 'the answer is empty'],
    [toWhole({ message: 'x' }), 'the answer is no chat completion'],
    [toWhole({}, { choices: [{}, {}] }), 'the answer has several choices'],
    [toWhole({}, { error: { message: 'x' } }), 'the answer is an error'],
    ['{"choices":', 'the answer is not JSON'],
    ['[]', 'the answer is not JSON'],
    ['{}', 'the answer is no chat completion'],
    ['', 'the answer is not JSON'],
  ] as const)('%s is not kept: %s', ([text, reason]) => {
    expect(collect('application/json', text)).toBe(reason);
  });
});
