import type {
  LanguageModelV4CallOptions,
  LanguageModelV4FilePart,
  LanguageModelV4Message,
} from '@ai-sdk/provider';
import { describe, expect, test } from 'vitest';
import { toPromptRequest } from './to-prompt-request.js';

const model = { provider: 'openai.chat', modelId: 'gpt-test', endpoint: '' };
const says = (text: string) => ({ type: 'text', text }) as const;
const user = (text: string): LanguageModelV4Message => ({ role: 'user', content: [says(text)] });
const question = user('Why?');
const notText = "the last turn is not the user's, or not plain text";

const toRequest = (fields: Partial<LanguageModelV4CallOptions> = {}) =>
  toPromptRequest({ prompt: [question], ...fields }, model);
const contextOf = (...messages: LanguageModelV4Message[]) => {
  const request = toRequest({ prompt: [...messages, question] });
  if (typeof request === 'string') throw new Error(request);
  return request.context;
};

describe('the prompt', () => {
  test('holds all that changes the answer, and nothing else', () => {
    const system = { role: 'system', content: 'Be short.' } as const;
    const inKey = { temperature: 0, seed: 7, reasoning: 'low' } as const;
    const notInKey = {
      headers: { authorization: 'Bearer secret' },
      abortSignal: new AbortController().signal,
      includeRawChunks: false,
      tools: [],
      toolChoice: { type: 'auto' } as const,
    };
    const providerOptions = {
      openai: {
        textVerbosity: 'low',
        user: 'u',
        safetyIdentifier: 's',
        safety_identifier: 's',
        metadata: { a: 'b' },
        store: false,
        serviceTier: 'flex',
        promptCacheKey: 'k',
      },
    };
    expect(
      toRequest({ prompt: [system, question], ...inKey, ...notInKey, providerOptions }),
    ).toEqual({
      query: 'Why?',
      model: 'gpt-test',
      context: [system],
      params: {
        provider: 'openai.chat',
        endpoint: '',
        settings: { ...inKey, providers: { openai: { textVerbosity: 'low' } } },
        turn: [],
      },
    });
  });

  test('takes its text from all parts, and tells turns with options apart', () => {
    const providerOptions = { x: { detail: 'high' } };
    const content = [says('A'), { ...says('B'), providerOptions }];
    expect(toRequest({ prompt: [{ role: 'user', content }] })).toMatchObject({
      query: 'A\nB',
      params: { turn: [providerOptions] },
    });
  });

  test('has tools in it that are offered', () => {
    const tools = [{ type: 'function', name: 'f', inputSchema: {} }] as const;
    const toolChoice = { type: 'auto' } as const;
    expect(toRequest({ tools: [...tools], toolChoice })).toMatchObject({
      params: { settings: { tools, toolChoice } },
    });
  });

  test('is the same after an answer from the model and after one from the cache', () => {
    const fresh: LanguageModelV4Message = {
      role: 'assistant',
      content: [
        { type: 'reasoning', text: 'Hm.', providerOptions: { openai: { itemId: 'rs_1' } } },
        { ...says('Hi.'), providerOptions: { openai: { itemId: 'msg_1' } } },
      ],
    };
    expect(contextOf(user('Hi'), fresh)).toEqual(
      contextOf(user('Hi'), { role: 'assistant', content: [says('Hi.')] }),
    );
    expect(contextOf(user('Hi'), fresh)).not.toEqual(contextOf(user('Hi!'), fresh));
  });

  test('numbers calls of tools, whose names are random', () => {
    const loop = (
      [first, second]: readonly [string, string],
      output: string,
    ): LanguageModelV4Message[] => [
      {
        role: 'assistant',
        content: [
          { type: 'tool-call', toolCallId: first, toolName: 'f', input: { at: 1 } },
          { type: 'tool-call', toolCallId: second, toolName: 'f', input: { at: 2 } },
        ],
      },
      {
        role: 'tool',
        content: [
          {
            type: 'tool-result',
            toolCallId: second,
            toolName: 'f',
            output: { type: 'text', value: output },
          },
        ],
      },
    ];
    const context = contextOf(...loop(['a', 'b'], 'x'));
    expect(context).toEqual(contextOf(...loop(['c', 'd'], 'x')));
    expect(context).not.toEqual(contextOf(...loop(['a', 'b'], 'y')));
    expect(context).toMatchObject([{}, { content: [{ toolCallId: 1 }] }]);
  });

  test('has bytes, URLs and dates of earlier turns in it', () => {
    const file = (data: LanguageModelV4FilePart['data']): LanguageModelV4Message => ({
      role: 'user',
      content: [{ type: 'file', mediaType: 'image/png', data }],
    });
    const bytes = (...values: number[]) => file({ type: 'data', data: new Uint8Array(values) });
    expect(contextOf(bytes(1, 255))).toMatchObject([{ content: [{ data: { data: '01ff' } }] }]);
    expect(contextOf(bytes(1))).not.toEqual(contextOf(bytes(2)));
    const url = new URL('https://a.example/b.png');
    expect(contextOf(file({ type: 'url', url }))).toMatchObject([
      { content: [{ data: { url: 'https://a.example/b.png' } }] },
    ]);
  });
});

describe('bypass', () => {
  const file: LanguageModelV4FilePart = {
    type: 'file',
    mediaType: 'image/png',
    data: { type: 'data', data: '' },
  };
  const long = { ...file, data: { type: 'data', data: new Uint8Array(1_000_001) } as const };

  test.for([
    [{ prompt: [] }, notText],
    [{ prompt: [{ role: 'system', content: 'x' }] }, notText],
    [{ prompt: [{ role: 'assistant', content: [says('x')] }] }, notText],
    [{ prompt: [{ role: 'tool', content: [] }] }, notText],
    [{ prompt: [{ role: 'user', content: [says('What is it?'), file] }] }, notText],
    [{ prompt: [{ role: 'user', content: [long] }, question] }, 'the prompt is too long'],
    [{ prompt: [user('x'.repeat(2_000_001)), question] }, 'the prompt is too long'],
    [{ includeRawChunks: true }, 'raw chunks are wanted'],
    [
      { tools: [{ type: 'provider', id: 'openai.web_search', name: 'web_search', args: {} }] },
      'hosted tools',
    ],
    [
      { providerOptions: { openai: { previousResponseId: 'r' } } },
      'the call has previousResponseId',
    ],
    [
      { providerOptions: { a: {}, b: { search_parameters: {} } } },
      'the call has search_parameters',
    ],
    [{ providerOptions: { openai: { logprobs: 3 } } }, 'the call has logprobs'],
  ] satisfies [Partial<LanguageModelV4CallOptions>, string][])('%#: %s', ([fields, reason]) => {
    expect(toRequest(fields)).toBe(reason);
  });

  test('not for options that ask for nothing', () => {
    const openai = { logprobs: false, previousResponseId: null };
    expect(toRequest({ providerOptions: { openai } })).toMatchObject({ query: 'Why?' });
  });
});
