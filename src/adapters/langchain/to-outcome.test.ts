import { AIMessage, HumanMessage } from '@langchain/core/messages';
import type { ChatGeneration, Generation } from '@langchain/core/outputs';
import { expect, test } from 'vitest';
import { toOutcome } from './to-outcome.js';

type Fields = ConstructorParameters<typeof AIMessage>[0] & object;

/** One generation of a chat model that answered well, but for `fields`. */
function chat(fields: Fields = {}, text = 'Paris.'): Generation[] {
  const message = new AIMessage({
    content: text,
    response_metadata: { finish_reason: 'stop', model_name: 'm-1' },
    ...fields,
  });
  const generation: ChatGeneration = { text, message };
  return [generation];
}

test('keeps text, model and usage of a plain answer', () => {
  const message = chat();
  Reflect.set(Reflect.get(message[0] ?? {}, 'message'), 'usage_metadata', {
    input_tokens: 3,
    output_tokens: 2,
    total_tokens: 5,
  });
  expect(toOutcome(message)).toEqual({
    text: 'Paris.',
    model: 'm-1',
    usage: { promptTokens: 3, completionTokens: 2 },
  });
});

test('keeps the answer of a completion model', () => {
  const generationInfo = { finishReason: 'stop', logprobs: null };
  expect(toOutcome([{ text: 'Paris.', generationInfo }])).toEqual({ text: 'Paris.', model: '' });
});

test.each([
  ['Anthropic', { stop_reason: 'end_turn', model: 'claude' }],
  ['Google', { finishReason: 'STOP' }],
  ['Ollama', { done_reason: 'stop' }],
  ["OpenAI's responses", { status: 'completed', incomplete_details: null }],
])('knows a clean end of %s', (_provider, response_metadata) => {
  expect(toOutcome(chat({ response_metadata }))).toMatchObject({ text: 'Paris.' });
});

test('keeps text in blocks, and no reasoning', () => {
  const content = [
    { type: 'reasoning', reasoning: 'Hm.' },
    { type: 'text', text: 'Par', annotations: [] },
    { type: 'text', text: 'is.' },
  ];
  expect(toOutcome(chat({ content }))).toMatchObject({ text: 'Paris.' });
});

const call = { name: 'get_time', args: {}, id: 'call-1' };
const fromHuman: ChatGeneration = {
  text: 'a',
  message: new HumanMessage('a'),
  generationInfo: { finish_reason: 'stop' },
};

test.each<[string, string, Generation[]]>([
  ['several generations', 'several generations', [...chat(), ...chat()]],
  ['no generation', 'several generations', []],
  ['no text', 'empty', chat({}, '')],
  ['tool calls', 'tool_calls', chat({ tool_calls: [call] })],
  ['calls that cannot be read', 'invalid_tool', chat({ invalid_tool_calls: [{ name: 'x' }] })],
  ['a refusal', 'refusal', chat({ additional_kwargs: { refusal: 'No.' } })],
  ['audio', 'audio', chat({ additional_kwargs: { audio: { id: 'a' } } })],
  ['a cut', '"length"', chat({ response_metadata: { finish_reason: 'length' } })],
  ['two ends', '"no"', chat({ response_metadata: { finish_reason: 'stop', status: 'no' } })],
  ['no word of its end', 'how it ended', chat({ response_metadata: {} })],
  ['logprobs', 'logprobs', chat({ response_metadata: { status: 'completed', logprobs: [1] } })],
  ['an image', 'plain text', chat({ content: [{ type: 'image', url: 'data:,a' }] })],
  ['citations', 'plain', chat({ content: [{ type: 'text', text: 'Paris.', annotations: [1] }] })],
  ['another text in the message', 'plain text', chat({ content: 'Lyon.' })],
  ['another kind of message', 'type human', [fromHuman]],
])('does not keep an answer with %s', (_what, reason, generations) => {
  expect(toOutcome(generations)).toContain(reason);
});
