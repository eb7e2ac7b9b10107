import type { Json } from '../../shared/prompt-request.js';
import { reasonToBypass, toMarklessBlock } from './anthropic-messages-request.js';
import type { ReadConversation, Turn } from './conversation.js';
import { type Found, findTexts, joinFound } from './find-texts.js';
import { findElements, findMembers, skipSpace } from './json-source.js';
import { isJsonArray, isJsonObject, type JsonObject, parseJson } from './json.js';
import { readModel } from './read-model.js';

/**
 * Reads the turns of a call for a message: its system prompt, then its messages. What tools gave
 * back is a turn of its own, though the user's text may stand in the same message.
 */
export const readMessagesConversation: ReadConversation = (url, body) => {
  const value = parseJson(body);
  if (!isJsonObject(value) || !isJsonArray(value.messages)) return undefined;
  const { messages, system } = value;
  const messagesAt = findMembers(body, skipSpace(body, 0))?.get('messages');
  if (messagesAt === undefined) return undefined;
  const ranges = findElements(body, messagesAt[0]);
  const turns = joinFound(
    ranges.map((range, index) => toTurns(body, { value: messages[index], range })),
  );
  const prompt: Turn = {
    role: 'fixed',
    identity: JSON.stringify(['system', toBlocks(system ?? null)]),
    texts: [],
  };
  const isBypassed = reasonToBypass(url, value) !== undefined;
  return turns && { turns: [prompt, ...turns], isBypassed, ...readModel(value) };
};

function toTurns(body: string, { value: message, range }: Found): readonly Turn[] | undefined {
  const members = isJsonObject(message) ? findMembers(body, range[0]) : undefined;
  if (!isJsonObject(message) || members === undefined) return undefined;
  const { content } = message;
  const contentAt = members.get('content') ?? range;
  if (!isJsonArray(content) || message.role !== 'user') {
    const texts = findTexts(body, { value: content, range: contentAt }, 'text');
    const turn = { role: toRole(message.role), identity: toIdentity(message, content) };
    return texts && [{ ...turn, texts, isKept: message.compress === false }];
  }
  const blocks = findElements(body, contentAt[0]).map((blockAt, index) => ({
    value: content[index],
    range: blockAt,
  }));
  return joinFound(splitRuns(blocks).map((run) => toRunTurns(body, message, run)));
}

function toRole(role: Json | undefined): Turn['role'] {
  return role === 'user' || role === 'assistant' ? role : 'fixed';
}

/** Blocks in a row that are all results of tools, or all none. */
function splitRuns(blocks: readonly Found[]): readonly (readonly Found[])[] {
  const runs: Found[][] = [];
  for (const block of blocks) {
    const run = runs.at(-1);
    if (run?.[0] !== undefined && isToolResult(run[0]) === isToolResult(block)) run.push(block);
    else runs.push([block]);
  }
  return runs;
}

function isToolResult({ value }: Found): boolean {
  return isJsonObject(value) && value.type === 'tool_result';
}

function toRunTurns(
  body: string,
  message: JsonObject,
  run: readonly Found[],
): readonly Turn[] | undefined {
  const [first] = run;
  const role = first !== undefined && isToolResult(first) ? 'tool' : 'user';
  const name = role === 'tool' ? 'content' : 'text';
  const texts = joinFound(run.map((block) => findBlockTexts(body, block, name)));
  const identity = toIdentity(
    message,
    run.map(({ value }) => value ?? null),
  );
  return texts && [{ role, identity, texts, isKept: message.compress === false }];
}

function findBlockTexts(body: string, { value, range }: Found, name: 'content' | 'text') {
  if (!isJsonObject(value) || (name === 'text' && value.type !== 'text')) return [];
  const members = findMembers(body, range[0]);
  const textAt = members?.get(name);
  if (textAt === undefined) return members && [];
  return findTexts(body, { value: value[name], range: textAt }, 'text');
}

function toIdentity(message: JsonObject, content: Json | undefined): string {
  const { content: _content, compress: _compress, ...rest } = message;
  return JSON.stringify([toBlocks(content), rest]);
}

/** Apps move the mark of the prefix cache, and write a string as a list of one block to hold it. */
function toBlocks(content: Json | undefined): Json | undefined {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return isJsonArray(content) ? content.map(toMarklessBlock) : content;
}
