import { expect, test } from 'vitest';
import type { AskModel } from '../ask-model.js';
import { AnswerError } from '../read-answer.js';
import { answerNames, createAnswerPair } from './answer-pair.js';

/** Answers with the message itself, in two pieces. */
const echo: AskModel = async function* echo([message], _signal, onUsage) {
  const { content = '' } = message ?? {};
  yield content.slice(0, 2);
  yield content.slice(2);
  onUsage?.({ promptTokens: content.length, completionTokens: 1 });
};

function createWorld(askModel: AskModel) {
  let clock = 0;
  const said: string[] = [];
  const pair = createAnswerPair({
    askModel,
    announce: (text) => said.push(text),
    now: () => (clock += 10),
  });
  return { pair, said, get: pair.state.get };
}

const messages = { original: 'a long text', compressed: 'a text' };

test('both are asked, one after the other, and streamed', async () => {
  const { pair, get, said } = createWorld(echo);
  const seen: string[] = [];
  pair.state.subscribe(() => {
    const { answers } = get();
    seen.push(answerNames.map((name) => answers?.[name].phase).join(' '));
  });
  await pair.ask(messages);
  expect([...new Set(seen)]).toEqual([
    'queued queued',
    'waiting queued',
    'streaming queued',
    'done queued',
    'done waiting',
    'done streaming',
    'done done',
  ]);
  expect(get()).toEqual({
    isRunning: false,
    asked: messages,
    answers: {
      original: {
        phase: 'done',
        text: 'a long text',
        firstTextMs: 10,
        elapsedMs: 20,
        usage: { promptTokens: 11, completionTokens: 1 },
      },
      compressed: {
        phase: 'done',
        text: 'a text',
        firstTextMs: 10,
        elapsedMs: 20,
        usage: { promptTokens: 6, completionTokens: 1 },
      },
    },
  });
  expect(said).toEqual([
    'Answer to the original prompt in 20 ms. Answer to the compressed prompt in 20 ms.',
  ]);
});

test('one that fails is told and does not keep the other one', async () => {
  const { pair, get, said } = createWorld(async function* fail([message], signal) {
    if (message?.content === messages.original) throw new AnswerError('it is too long');
    yield* echo([message!], signal); // there is one
  });
  await pair.ask(messages);
  expect(get().answers).toMatchObject({
    original: { phase: 'failed', error: 'it is too long' },
    compressed: { phase: 'done', text: 'a text' },
  });
  expect(said[0]).toContain('Failed, original prompt: it is too long');
});

test('a server that is not there is told in other words', async () => {
  // oxlint-disable-next-line require-yield
  const { pair, get } = createWorld(async function* fail() {
    throw new TypeError('Failed to fetch');
  });
  await pair.ask(messages);
  expect(get().answers?.compressed.error).toBe(
    'The model cannot be reached: TypeError: Failed to fetch',
  );
});

test('stop ends the one under way and the one after it, and one can ask again', async () => {
  let calls = 0;
  const { pair, get } = createWorld(async function* hang(messages, signal) {
    calls += 1;
    if (calls > 1) return yield* echo(messages, signal);
    yield 'a';
    await new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
  });
  const streaming = new Promise<void>((resolve) => {
    pair.state.subscribe(() => get().answers?.original.text === 'a' && resolve());
  });
  const asking = pair.ask(messages);
  await streaming;
  await pair.ask({ original: 'x', compressed: 'y' });
  expect(calls).toBe(1);
  pair.stop();
  await asking;
  expect(get()).toMatchObject({
    isRunning: false,
    answers: { original: { phase: 'stopped', text: 'a' }, compressed: { phase: 'stopped' } },
  });
  await pair.ask(messages);
  expect(get().answers?.original).toMatchObject({ phase: 'done', text: 'a long text' });
});
