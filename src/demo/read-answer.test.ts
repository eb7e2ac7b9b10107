import { expect, test } from 'vitest';
import { AnswerError, readAnswer } from './read-answer.js';

function createStream(parts: readonly string[]): Response {
  const body = new ReadableStream<string>({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  }).pipeThrough(new TextEncoderStream());
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

function createChunk(content: string, finishReason: string | null = null): string {
  const choice = { index: 0, delta: { content }, finish_reason: finishReason };
  return `data: ${JSON.stringify({ choices: [choice] })}\n\n`;
}

const counted = { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 };
const usageChunk = JSON.stringify({ choices: [], usage: counted });

async function readAll(response: Response): Promise<string[]> {
  const pieces = [];
  for await (const piece of readAnswer(response)) pieces.push(piece);
  return pieces;
}

test('a stream is read piece by piece, wherever the network cuts it', async () => {
  const text = `: hello\n\n${createChunk('One ')}${createChunk('twö')}${createChunk('', 'stop')}`;
  const letters = [...`${text}data: {"choices":[]}\n\ndata: [DONE]\n\n`];
  expect(await readAll(createStream(letters))).toEqual(['One ', 'twö']);
});

test('CRLF line ends will do, and so will an end without [DONE]', async () => {
  const stream = createStream([createChunk('A.', 'stop').replaceAll('\n', '\r\n')]);
  expect(await readAll(stream)).toEqual(['A.']);
});

test('a whole completion is one piece', async () => {
  const choices = [{ message: { content: 'A.' }, finish_reason: 'stop' }];
  expect(await readAll(Response.json({ choices }))).toEqual(['A.']);
});

test.each([
  ['a stream', createStream([createChunk('A.', 'stop'), `data: ${usageChunk}\n\n`])],
  ['a whole completion', Response.json({ choices: [], usage: counted })],
])('the usage that %s tells is passed on', async (_name, response) => {
  const usages: unknown[] = [];
  for await (const _piece of readAnswer(response, (usage) => usages.push(usage)));
  expect(usages).toEqual([{ promptTokens: 5, completionTokens: 7 }]);
});

test('a stream that breaks off is an error', async () => {
  const answer = readAll(createStream([createChunk('A')]));
  await expect(answer).rejects.toThrow('The answer broke off before its end.');
});

test.each([
  ['an error in the stream', createStream(['data: {"error":{"message":"overloaded"}}\n\n'])],
  ['an error status', Response.json({ error: { message: 'overloaded' } }, { status: 429 })],
])('%s is told in the words of the upstream', async (_name, response) => {
  const answer = readAll(response);
  await expect(answer).rejects.toBeInstanceOf(AnswerError);
  await expect(answer).rejects.toThrow('overloaded');
});

test('a page in place of an error is told by its status', async () => {
  const page = new Response('<h1>oops</h1>', { status: 502, statusText: 'Bad Gateway' });
  await expect(readAll(page)).rejects.toThrow('The upstream answered 502: Bad Gateway');
});
