import { AIMessage, HumanMessage, SystemMessage, ToolMessage } from '@langchain/core/messages';
import { ChatMessage, type BaseMessage, getBufferString } from '@langchain/core/messages';
import { expect, test } from 'vitest';
import { splitPrompt, toPromptRequest } from './to-prompt-request.js';

/** As LangChain writes it for a cache. */
const write = (...messages: BaseMessage[]) => getBufferString(messages);
const human = (content: string) => new HumanMessage(content);
const split = (...messages: BaseMessage[]) => splitPrompt(write(...messages));

test('the newest human message is the query, and all before it the context', () => {
  expect(split(human('Capital of France?'))).toEqual(['Human: ', 'Capital of France?']);
  const chat = [new SystemMessage('Be brief.'), human('Hi'), new AIMessage('Hello'), human('And?')];
  expect(split(...chat)).toEqual(['System: Be brief.\nHuman: Hi\nAI: Hello\nHuman: ', 'And?']);
});

test('a query has as many lines as the app wrote', () => {
  const text = 'Answer this:\n\nNote: it is short\nWhy?';
  expect(split(human(text))).toEqual(['Human: ', text]);
});

test('what a completion model was given is the query', () => {
  expect(splitPrompt('Once upon a time')).toEqual(['', 'Once upon a time']);
});

test.each([
  ['a tool', new ToolMessage({ content: '42', tool_call_id: 'call-1' })],
  ['the model', new AIMessage('The answer is')],
  ['the system', new SystemMessage('Answer now.')],
  ['a role of the app', new ChatMessage('Answer now.', 'developer')],
  ['a human who quotes a chat', human('What does this mean?\nAI: I am a machine')],
])('only exact repeats are answered where the last word is of %s', (_who, last) => {
  const prompt = write(human('What is it?'), last);
  expect(splitPrompt(prompt)).toEqual([prompt, '']);
});

test('who speaks is context, for it cannot be told from what is said', () => {
  const named = new HumanMessage({ content: 'what did I order?', name: 'alice' });
  expect(split(named)).toEqual(['Human: alice, ', 'what did I order?']);
  expect(split(human('Hello, who is there?'))).toEqual(['Human: Hello, ', 'who is there?']);
  expect(split(human('To my friend, with love'))).toEqual(['Human: ', 'To my friend, with love']);
});

test.each(['image_url', 'image', 'audio', 'video', 'file', 'document', 'tool_result'])(
  'a message with a part of type %s is left alone',
  async (type) => {
    const part = { type, image_url: { url: 'data:,a' } };
    const prompt = write(new HumanMessage({ content: [{ type: 'text', text: 'What?' }, part] }));
    expect(await toPromptRequest(prompt, 'model:"m"')).toContain('image');
  },
);

test.each(['See [1] and [Bob].', 'Why is a[i] < a[id]?', 'Read {"list":["a"]}', '- [ ] milk'])(
  'brackets that stand for no part are text: %s',
  async (text) => {
    expect(await toPromptRequest(write(human(text)), '')).toMatchObject({ query: text });
  },
);

test.each([
  ['tools that cannot be told apart', 'model:"m",tools:[{"lc":1,"type":"not_implemented"}]'],
  ['a conversation kept elsewhere', 'model:"m",previous_response_id:"resp_1"'],
  ['logprobs', 'logprobs:true,model:"m"'],
])('a call with %s is left alone', async (_what, llmKey) => {
  expect(await toPromptRequest('Human: Hi', llmKey)).toBeTypeOf('string');
});

test('of the settings, nothing but a digest goes on', async () => {
  const llmKey = 'apiKey:"sk-secret",model:"m"';
  const request = await toPromptRequest('Human: Hi', llmKey);
  expect(JSON.stringify(request)).not.toMatch(/sk-secret|"m"/);
  expect(request).toMatchObject({ params: { llmKey: expect.stringMatching(/^[\da-f]{64}$/) } });
  expect(await toPromptRequest('Human: Hi', llmKey)).toEqual(request);
  expect(await toPromptRequest('Human: Hi', llmKey.replace('secret', 'other'))).not.toEqual(
    request,
  );
});
