import { expect, test, vi } from 'vitest';
import { resolveCompression, type RequestCompression } from '../compress-options.js';
import { article, createTestCompressor, halve, toResult } from '../test-compressor.js';
import type { Turn } from '../wire/conversation.js';
import { compressTurns, findNewTurns, type Compressor } from './compress-turns.js';

const toTurn = (role: Turn['role'], ...texts: string[]): Turn => ({
  role,
  identity: texts.join(),
  texts: texts.map((text) => ({ text, range: [0, 0] })),
});

async function run(
  turns: readonly Turn[],
  { script, ...options }: RequestCompression & { script?: Compressor['compress'] } = {},
) {
  const compressor = createTestCompressor(script);
  const onFailure = vi.fn<(error: unknown) => void>();
  const settings = resolveCompression({ minTokens: 10, ...options });
  if (settings === undefined) throw new Error('compression is on');
  const shortened = await compressTurns(turns, findNewTurns(turns), {
    compressor,
    settings,
    signal: new AbortController().signal,
    onFailure,
  });
  return { calls: compressor.calls, onFailure, sent: turns.map((turn) => shortened.get(turn)) };
}

const question = 'What is it about?';

test('what no answer followed is new: the newest user turn and the results of tools', () => {
  const user = toTurn('user', 'a');
  const tool = toTurn('tool', 'b');
  const answer = toTurn('assistant');
  const system = toTurn('fixed', 's');
  expect(findNewTurns([system, user])).toEqual([user]);
  expect(findNewTurns([user, answer, tool])).toEqual([tool]);
  expect(findNewTurns([user, answer, tool, answer])).toEqual([]);
  const newest = toTurn('user', 'c');
  expect(findNewTurns([tool, answer, tool, user, newest, system])).toEqual([tool, newest]);
});

test('the context is shortened for the question, which stays as it is', async () => {
  const { calls, sent } = await run([toTurn('user', `${article}\n\n${question}`)]);
  expect(calls).toEqual([{ text: article, question, keepRatio: 0.5, minTokens: 10 }]);
  expect(sent).toEqual([
    { texts: [`${halve(article)}\n\n${question}`], originalTokens: 121, sentTokens: 61 },
  ]);
});

test('a result of a tool is shortened for what the user asked, be it long ago', async () => {
  const user = toTurn('user', `${article} 1\n\n${question}`);
  const turns = [user, toTurn('assistant'), toTurn('tool', article), toTurn('tool', 'short')];
  const { calls, sent } = await run(turns);
  expect(calls).toEqual([{ text: article, question, keepRatio: 0.5, minTokens: 10 }]);
  expect(sent.map((turn) => turn?.texts)).toEqual([
    undefined,
    undefined,
    [halve(article)],
    undefined,
  ]);
});

test('a lone prompt is left alone, and is the question of tools', async () => {
  const { calls } = await run([toTurn('user', question), toTurn('tool', article)]);
  expect(calls).toMatchObject([{ text: article, question }]);
  const { calls: none } = await run([toTurn('user', `${article} ${article}`)]);
  expect(none).toEqual([]);
});

test('parts of a turn are one prompt, and each stays a part', async () => {
  const { calls, sent } = await run([toTurn('user', article, `${article}\n\n${question}`)]);
  expect(calls.map(({ text }) => text)).toEqual([article, article]);
  expect(sent[0]?.texts).toEqual([halve(article), `${halve(article)}\n\n${question}`]);
});

test('regions reach the compressor whole, and on a border they are not part of the context', async () => {
  const inside = `${article} <skimp keep>as it is</skimp> ${article}`;
  const text = `${inside} <skimp keep>to keep\n\nWhy?</skimp>`;
  const { calls, sent } = await run([toTurn('user', text)]);
  expect(calls.map((call) => call.text)).toEqual([inside]);
  expect(sent[0]?.texts).toEqual([`${halve(inside)} to keep\n\nWhy?`]);
});

test('a budget of tokens is shared by length, less what is sent whole', async () => {
  const turns = [toTurn('user', `${article}\n\n${question}`), toTurn('tool', article + article)];
  const { calls } = await run(turns, { maxPromptTokens: 100 });
  // 19 characters of the question and the blank lines, at 4 a token: 95 tokens are left
  expect(calls.map(({ maxTokens }) => maxTokens)).toEqual([31, 63]);
  const { calls: poor } = await run(turns, { maxPromptTokens: 1 });
  expect(poor.map(({ maxTokens }) => maxTokens)).toEqual([1, 1]);
});

test('a text that fails, is left alone or did not get shorter stays, and the others go on', async () => {
  const script: Compressor['compress'] = async (text) => {
    if (text.startsWith('fail')) throw new Error('a defect');
    if (text.startsWith('skip')) return { ...toResult(text, 'x'), skipped: 'unavailable' };
    return toResult(text, text.startsWith('long') ? text : halve(text));
  };
  const texts = ['fail', 'skip', 'long', 'fine'].map((word) => `${word} ${article}`);
  const turns = [toTurn('user', question), ...texts.map((text) => toTurn('tool', text))];
  const { sent, onFailure } = await run(turns, { script });
  expect(sent.map((turn) => turn !== undefined)).toEqual([false, false, false, false, true]);
  expect(onFailure.mock.calls).toEqual([[new Error('a defect')]]);
});
