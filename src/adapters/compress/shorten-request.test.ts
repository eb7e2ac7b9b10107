import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TraceDetail } from '../../shared/trace.js';
import { resolveCompression } from '../compress-options.js';
import { toModelCall } from '../model-call.js';
import { article, createTestCompressor, halve } from '../test-compressor.js';
import { readChatConversation } from '../wire/openai-chat-conversation.js';
import type { Compressor } from './compress-turns.js';
import { createRequestShortener } from './shorten-request.js';

const url = 'https://api.example/v1/chat/completions';
const question = 'What is it about?';
const prompt = `${article}\n\n${question}`;
const shortPrompt = `${halve(article)}\n\n${question}`;

function createWorld(script?: Compressor['compress']) {
  const trace: TraceDetail[] = [];
  const compressor = createTestCompressor(script);
  const optimizer = { ...compressor, report: (detail: TraceDetail) => void trace.push(detail) };
  const settings = resolveCompression({ minTokens: 10 });
  if (settings === undefined) throw new Error('compression is on');
  const shorten = createRequestShortener(optimizer, settings);
  /** The body that goes out for a body. */
  const send = async (body: string, { mayCompress = true, to = url } = {}) => {
    const init = { method: 'POST', body };
    const call = toModelCall([to, init]);
    if (call === undefined) throw new Error('it is a call to a model');
    const deadline = new AbortController().signal;
    const args = await shorten({ call, args: [to, init], mayCompress, deadline });
    return String(args[1]?.body);
  };
  return { trace, calls: compressor.calls, send };
}

const toBody = (...messages: object[]) => JSON.stringify({ model: 'm', messages });
const user = (content: unknown) => ({ role: 'user', content });
const assistant = { role: 'assistant', content: prompt };

describe('a request', () => {
  test('loses words in its newest turn, and not a byte elsewhere', async () => {
    const { send, trace } = createWorld();
    const frame = (text: string) => `{ "model" : "m\\u00e9", "messages":[
      {"role":"system","content":${JSON.stringify(prompt)}} , {"content":${JSON.stringify(text)}\t,"role":"user"}
    ],"n":1e0, "tools":[{"type":"function","function":{"description":${JSON.stringify(prompt)}}}]}`;
    expect(await send(frame(prompt))).toBe(frame(shortPrompt));
    expect(trace).toEqual([
      {
        type: 'compress-request',
        messages: 1,
        model: 'mé',
        originalTokens: 121,
        sentTokens: 61,
        milliseconds: expect.any(Number),
      },
    ]);
  });

  test('that may not be compressed, or is bypassed, is as the app wrote it, then and later', async () => {
    const { send, trace } = createWorld();
    const body = toBody(user(prompt));
    expect(await send(body, { mayCompress: false })).toBe(body);
    expect(await send(body)).toBe(body);
    const several = JSON.stringify({ n: 2, messages: [user(`${prompt} `)] });
    expect(await send(several)).toBe(several);
    expect(trace).toEqual([]);
  });

  test('with nothing to change is the very same call', async () => {
    const { send, calls } = createWorld();
    const body = toBody(user(question), assistant, user('And why?'));
    expect(await send(body)).toBe(body);
    expect(calls).toEqual([]);
  });

  test.for([
    ['no JSON', 'hello'],
    [
      'a key twice',
      `{"messages":[{"role":"user","content":"","content":${JSON.stringify(prompt)}}]}`,
    ],
    ['no messages', `{"input":${JSON.stringify(prompt)}}`],
    ['ten million characters', toBody(user(prompt), user('x'.repeat(10_000_000)))],
  ] as const)('that is %s is left alone', async ([, body]) => {
    const { send, calls, trace } = createWorld();
    expect(await send(body)).toBe(body);
    expect([calls, trace]).toEqual([[], []]);
  });
});

describe('a turn that was sent', () => {
  test('shorter is so again as history, when asked again, and where nothing may be compressed', async () => {
    const { send, calls, trace } = createWorld();
    const first = await send(toBody(user(prompt)));
    expect(first).toBe(toBody(user(shortPrompt)));
    expect(await send(toBody(user(prompt)))).toBe(first);
    const history = toBody(user(prompt), assistant, user('And why?'));
    const sent = toBody(user(shortPrompt), assistant, user('And why?'));
    expect(await send(history, { mayCompress: false })).toBe(sent);
    const [message] = [
      { role: 'user', content: [{ type: 'text', text: prompt, cache_control: {} }] },
    ];
    expect(await send(toBody(message))).toContain(JSON.stringify(shortPrompt));
    expect(calls).toHaveLength(1);
    expect(trace.map(({ type }) => type)).toEqual(Array(4).fill('compress-request'));
  });

  test('in another conversation is another turn', async () => {
    const { send, calls } = createWorld();
    await send(toBody(user(prompt)));
    const other = toBody({ role: 'system', content: 'Be short.' }, user(prompt), assistant);
    expect(await send(other)).toBe(other);
    expect(calls).toHaveLength(1);
  });

  test('as it was, for a failure, stays so', async () => {
    let fails = true;
    const { send, trace } = createWorld(async (text) => {
      if (fails) throw new Error('a defect');
      return { ...(await createTestCompressor().compress(text, {})) };
    });
    const body = toBody(user(prompt));
    expect(await send(body)).toBe(body);
    fails = false;
    expect(await send(body)).toBe(body);
    expect(await send(toBody(user(prompt), assistant, user(`${prompt} `)))).toBe(
      toBody(user(prompt), assistant, user(`${shortPrompt} `)),
    );
    expect(trace).toMatchObject([
      { type: 'fallback', code: 'internal', reason: 'Error: a defect' },
      { type: 'compress-request', messages: 1 },
    ]);
  });

  test('by two requests at a time is the same in both', async () => {
    const order: (() => void)[] = [];
    const { send } = createWorld(async (text) => {
      await new Promise<void>((resolve) => void order.push(resolve));
      if (order.length === 2) throw new Error('too late');
      return createTestCompressor().compress(text, {});
    });
    const bodies = [send(toBody(user(prompt))), send(toBody(user(prompt)))];
    await expect.poll(() => order.length).toBe(2);
    for (const go of order) go();
    const [first, second] = await Promise.all(bodies);
    expect(first).toBe(second);
  });
});

describe('tags', () => {
  const tagged = 'Keep <skimp keep>it</skimp>';

  test('are for skimp alone: they go, whether or not a turn is compressed', async () => {
    const { send, trace } = createWorld();
    const bare = 'Keep it';
    expect(await send(toBody(user(tagged)), { mayCompress: false })).toBe(toBody(user(bare)));
    const tool = { role: 'tool', content: tagged };
    expect(await send(toBody(user(tagged), assistant, tool))).toBe(
      toBody(user(bare), assistant, { role: 'tool', content: bare }),
    );
    expect(trace).toEqual([]);
  });

  test("in others' turns are text", async () => {
    const { send } = createWorld();
    const body = toBody(
      { role: 'system', content: tagged },
      { role: 'assistant', content: tagged },
    );
    expect(await send(body)).toBe(body);
  });
});

/** Literals of texts differ, and nothing else. */
function toSkeleton(body: string): string {
  let skeleton = '';
  let at = 0;
  for (const { texts } of readChatConversation(new URL(url), body)?.turns ?? []) {
    for (const { range } of texts) {
      skeleton += `${body.slice(at, range[0])}""`;
      at = range[1];
    }
  }
  return skeleton + body.slice(at);
}

describe('any conversation', () => {
  const space = fc.constantFrom('', ' ', '\n\t');
  const words = [
    article,
    question,
    '\n\n',
    'é🎉',
    '\ud83c',
    '"\\',
    '<skimp keep>',
    '</skimp>',
    '\u2028',
  ];
  const text = fc
    .array(fc.constantFrom(...words), { maxLength: 7 })
    .map((pieces) => pieces.join(' '));
  const literal = fc.tuple(text, fc.boolean()).map(([words, isEscaped]) => {
    const plain = JSON.stringify(words);
    return isEscaped ? plain.replaceAll(/[^ -~]/g, toEscape) : plain;
  });
  const image = fc.constant('{"type":"image_url","image_url":{"url":"data:,"}}');
  const part = literal.map((words) => `{"type":"text","text":${words}}`);
  const parts = fc.tuple(fc.array(fc.oneof(part, image), { maxLength: 3 }), space);
  const content = fc.oneof(
    literal,
    parts.map(([all, blank]) => `[${all.join(`,${blank}`)}]`),
  );
  const role = fc.constantFrom('user', 'user', 'assistant', 'tool', 'system');
  const message = fc
    .tuple(role, content, space)
    .map(([who, what, blank]) => `{"role":${blank}"${who}",${blank}"content":${what}${blank}}`);

  test('begins with the same bytes at each request, whatever fails', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(message, { minLength: 1, maxLength: 10 }),
        fc.array(fc.boolean()),
        async (messages, failures) => {
          const fails = failures.values();
          const { send } = createWorld(async (words, options) => {
            if (fails.next().value === true) throw new Error('a defect');
            return createTestCompressor().compress(words, options);
          });
          let before = '';
          for (let count = 1; count <= messages.length; count += 1) {
            const body = `{"messages":[${messages.slice(0, count).join(', ')}],"stream":true}`;
            const sent = await send(body);
            expect(toSkeleton(sent)).toBe(toSkeleton(body));
            expect(sent.startsWith(before)).toBe(true);
            before = sent.slice(0, sent.lastIndexOf(']'));
          }
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);
});

function toEscape(character: string): string {
  return Array.from({ length: character.length }, (_, at) => {
    return `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
  }).join('');
}
