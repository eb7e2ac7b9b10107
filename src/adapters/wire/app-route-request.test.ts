import { describe, expect, test } from 'vitest';
import { text } from './text.js';
import { uiMessages } from './ui-messages.js';

const url = new URL('https://app.example:8443/api/chat');
const endpoint = 'app.example:8443/api/chat';
const says = (words: string) => [{ type: 'text', text: words }];
const user = (words: string, rest: object = {}) => ({
  id: `m-${words}-${JSON.stringify(rest).length}`,
  role: 'user',
  parts: says(words),
  ...rest,
});
const question = user('Why?');
const notText = "the last turn is not the user's, or not plain text";

const parse = (body: object, at = url) => uiMessages.parseRequest(at, JSON.stringify(body));
/** What the SDK's chat transports send. */
const send = (fields: object) =>
  parse({ id: 'chat-1', messages: [question], trigger: 'submit-message', ...fields });
const requestOf = (parsed: ReturnType<typeof parse>) => {
  if (typeof parsed === 'string') throw new Error(parsed);
  return parsed.request;
};

describe('a chat', () => {
  test('has roles, parts and the fields of the app in its key, and no id', () => {
    const system = { id: 's', role: 'system', parts: says('Be short.') };
    const fields = { model: 'fast', webSearch: true };
    expect(send({ messages: [system, question], messageId: 'm', ...fields })).toEqual({
      request: {
        query: 'Why?',
        model: 'fast',
        context: [{ role: 'system', parts: says('Be short.') }],
        params: { endpoint, settings: fields, turn: {} },
      },
      stream: true,
      includeUsage: false,
      isRefresh: false,
    });
  });

  test('without a model is the endpoint', () => {
    expect(send({})).toMatchObject({ request: { model: endpoint } });
  });

  test('asked again by "regenerate" is the same question, and wants a fresh answer', () => {
    const again = send({ trigger: 'regenerate-message', messageId: 'm-9', id: 'chat-2' });
    expect(again).toMatchObject({ isRefresh: true });
    expect(requestOf(again)).toEqual(requestOf(send({})));
  });

  test('takes its text from all parts, drawn or not', () => {
    const parts = [...says('A'), { type: 'text', text: 'B', state: 'done' }];
    expect(send({ messages: [user('', { parts })] })).toMatchObject({ request: { query: 'A\nB' } });
  });

  test("has the app's notes on its messages in the key, and not the route's on its answers", () => {
    const said = (rest: object) => ({ id: 'a', role: 'assistant', parts: says('Hi.'), ...rest });
    const contextOf = (...messages: object[]) =>
      requestOf(send({ messages: [...messages, question] })).context;
    const noted = said({ metadata: { createdAt: 5 } });
    expect(contextOf(noted)).toEqual(contextOf(said({})));
    const polite = user('Hello', { metadata: { tone: 'polite' } });
    expect(contextOf(polite)).not.toEqual(contextOf(user('Hello')));
    expect(requestOf(send({ messages: [polite] })).params).toMatchObject({
      turn: { metadata: { tone: 'polite' } },
    });
  });

  test('is the same after an answer from the model and after one from the cache', () => {
    const contextAfter = (parts: object[]) =>
      requestOf(send({ messages: [user('Hi'), { role: 'assistant', parts }, question] })).context;
    const fresh = [
      { type: 'step-start' },
      { type: 'reasoning', text: 'Hm.', state: 'done' },
      { type: 'text', text: 'Hi.', state: 'done', providerMetadata: { openai: { itemId: 'm1' } } },
    ];
    expect(contextAfter(fresh)).toEqual(contextAfter([{ type: 'step-start' }, ...says('Hi.')]));
  });

  test('has what tools did in its key, and not what their calls were named', () => {
    const tool = { type: 'tool-time', state: 'output-available', input: {}, output: '12:00' };
    const contextAfter = (part: object) =>
      requestOf(send({ messages: [user('Hi'), { role: 'assistant', parts: [part] }, question] }))
        .context;
    const named = contextAfter({ ...tool, toolCallId: 'a', callProviderMetadata: { x: {} } });
    expect(named).toEqual(contextAfter({ ...tool, toolCallId: 'b' }));
    expect(named).not.toEqual(contextAfter({ ...tool, output: '13:00' }));
    expect(named).not.toEqual(contextAfter({ ...tool, state: 'output-error' }));
  });
});

describe('a call of another shape', () => {
  test('may be a prompt', () => {
    expect(parse({ prompt: 'Why?', temperature: 1 })).toMatchObject({
      request: { query: 'Why?', context: [], params: { settings: { temperature: 1 }, turn: {} } },
      isRefresh: false,
    });
  });

  test.for([
    ['a string', 'Why?', 'Why?'],
    ['parts', [...says('A'), ...says('B')], 'A\nB'],
  ] as const)('may be messages whose content is %s', ([, content, query]) => {
    const messages = [
      { role: 'system', content: 'Be short.' },
      { role: 'user', content },
    ];
    expect(parse({ messages })).toMatchObject({ request: { query, context: [messages[0]] } });
  });

  test('keeps a prompt that is a setting in the key', () => {
    expect(parse({ messages: [question], prompt: { tone: 'dry' } })).toMatchObject({
      request: { params: { settings: { prompt: { tone: 'dry' } } } },
    });
  });

  test('of plain text is read alike', () => {
    const body = JSON.stringify({ messages: [question] });
    expect(text.parseRequest(url, body)).toEqual(uiMessages.parseRequest(url, body));
  });
});

describe('bypass', () => {
  const file = { type: 'file', mediaType: 'image/png', url: 'data:,' };
  const tool = { type: 'tool-time', toolCallId: 'a', state: 'output-available', output: 1 };

  test.for([
    [[user('', { parts: [...says('What is it?'), file] })], notText],
    [[user('', { parts: [...says('x'), { type: 'data-city', data: {} }] })], notText],
    [[user('', { parts: [{ ...says('x')[0], providerMetadata: {} }] })], notText],
    [[user('', { parts: 7 })], notText],
    [[question, { role: 'assistant', parts: [tool] }], notText],
    [[], 'the body has no messages'],
    [['Why?'], 'the body has no messages'],
    [undefined, 'the body has neither a prompt nor messages'],
  ] as const)('%j', ([messages, reason]) => {
    expect(send({ messages })).toBe(reason);
  });

  test.for(['id', 'chatId', 'sessionId', 'threadId', 'conversationId'])(
    "a body with %s that is not the SDK's: the route may know what was said before",
    (name) => {
      const reason = `the body has ${name}: the route may remember more`;
      expect(parse({ messages: [question], [name]: 'x' })).toBe(reason);
      expect(parse({ prompt: 'Go on.', [name]: 'x' })).toBe(reason);
    },
  );

  test('the newest message alone', () => {
    const body = { id: 'chat-1', message: question };
    expect(parse(body)).toBe('the body has neither a prompt nor messages');
  });

  test('a prompt beside messages', () => {
    expect(send({ prompt: 'Be short.' })).toBe('the body has a prompt and messages');
  });

  test('a URL with parameters', () => {
    const body = { prompt: 'Why?' };
    expect(parse(body, new URL('?key=secret', url))).toBe('the URL has query parameters');
  });

  test.for(['', 'hello', '[]', 'null'])('a body that is no object: %j', (body) => {
    expect(uiMessages.parseRequest(url, body)).toBe('the body is not a JSON object');
  });
});
