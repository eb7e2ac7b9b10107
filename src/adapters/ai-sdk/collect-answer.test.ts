import type {
  LanguageModelV4Content,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from '@ai-sdk/provider';
import { describe, expect, test } from 'vitest';
import { createPartsReader, toOutcome } from './collect-answer.js';

const toUsage = (prompt?: number, completion?: number): LanguageModelV4Usage => ({
  inputTokens: { total: prompt, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: completion, text: undefined, reasoning: undefined },
});
const stop = { unified: 'stop', raw: 'stop' } as const;
const source = { type: 'source', sourceType: 'url', id: 's', url: 'https://a.example' } as const;
const citations = [{ source }];
const answer = { text: 'Hi.', model: 'm-1', usage: { promptTokens: 3, completionTokens: 4 } };

describe('an answer of one piece', () => {
  const text = { type: 'text', text: 'Hi.' } as const;
  const read = (
    content: LanguageModelV4Content[],
    rest: Partial<LanguageModelV4GenerateResult> = {},
  ) =>
    toOutcome({
      content,
      finishReason: stop,
      usage: toUsage(3, 4),
      warnings: [],
      response: { modelId: 'm-1' },
      ...rest,
    });

  test('is its text, with what it cost', () => {
    const reasoning = { type: 'reasoning', text: 'Hm.' } as const;
    expect(read([reasoning, { ...text, text: '' }, text])).toEqual(answer);
    expect(read([text], { usage: toUsage(), structuredOutputText: 'Hi.' })).toEqual({
      text: 'Hi.',
      model: 'm-1',
    });
  });

  const toolCall = { type: 'tool-call', toolCallId: 'a', toolName: 'f', input: '{}' } as const;
  test.for([
    [[text, toolCall], {}, 'the answer has tool-call'],
    [[text, source], {}, 'the answer has source'],
    [[text, text], {}, 'the answer has several texts'],
    [[{ ...text, citations }], {}, 'the answer has citations'],
    [[text], { structuredOutputText: '' }, 'the answer has another text for its output'],
    [[text], { finishReason: { unified: 'length', raw: 'x' } }, 'finishReason is "length"'],
    [[], {}, 'the answer is empty'],
  ] satisfies [LanguageModelV4Content[], Partial<LanguageModelV4GenerateResult>, string][])(
    '%j %j is not kept: %s',
    ([content, rest, reason]) => {
      expect(read(content, rest)).toBe(reason);
    },
  );
});

describe('a stream', () => {
  const open = { type: 'text-start', id: '0' } as const;
  const delta = (words: string) => ({ type: 'text-delta', id: '0', delta: words }) as const;
  const close = { type: 'text-end', id: '0' } as const;
  const finish = { type: 'finish', finishReason: stop, usage: toUsage(3, 4) } as const;

  const read = (...parts: LanguageModelV4StreamPart[]) => {
    const reader = createPartsReader();
    for (const part of parts) {
      const outcome = reader.push(part);
      if (outcome !== undefined) return outcome;
    }
    return reader.finish();
  };

  test('is its text, with what it cost', () => {
    expect(
      read(
        { type: 'stream-start', warnings: [] },
        { type: 'response-metadata', id: 'r', modelId: 'm-1' },
        { type: 'response-metadata', timestamp: new Date(0) },
        { type: 'reasoning-start', id: 'r' },
        { type: 'reasoning-delta', id: 'r', delta: 'Hm.' },
        { type: 'reasoning-end', id: 'r' },
        open,
        delta('H'),
        { type: 'ping' },
        delta('i.'),
        close,
        finish,
      ),
    ).toEqual(answer);
  });

  test.for([
    [[open, delta('a'), close], 'the answer was cut off: it has no finish'],
    [[open, close, finish], 'the answer is empty'],
    [[open, delta('a'), close, open], 'the answer has several texts'],
    [[open, delta('a'), { ...close, citations }], 'the answer has citations'],
    [[{ type: 'tool-input-start', id: 't', toolName: 'f' }], 'the answer has tool-input-start'],
    [[open, delta('a'), { type: 'error', error: 'x' }, finish], 'the answer has error'],
    [[{ type: 'raw', rawValue: {} }], 'the answer has raw'],
    [[source], 'the answer has source'],
    [
      [open, { ...finish, finishReason: { unified: 'interrupted', raw: undefined } }],
      'finishReason is "interrupted"',
    ],
  ] satisfies [LanguageModelV4StreamPart[], string][])('%j is not kept: %s', ([parts, reason]) => {
    expect(read(...parts)).toBe(reason);
  });
});
