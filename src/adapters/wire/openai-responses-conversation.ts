import type { Json } from '../../shared/prompt-request.js';
import type { ReadConversation, Turn } from './conversation.js';
import { findTexts } from './find-texts.js';
import { findElements, findMembers, type JsonRange, skipSpace } from './json-source.js';
import { isJsonArray, isJsonObject, type JsonObject, parseJson } from './json.js';
import { isMessage, reasonToBypass } from './openai-responses-request.js';
import { withoutMarks } from './request-key.js';
import { readModel } from './read-model.js';

/** Reads the turns of a call for a response: its instructions, then the items of its input. */
export const readResponsesConversation: ReadConversation = (url, body) => {
  const value = parseJson(body);
  if (!isJsonObject(value)) return undefined;
  const inputAt = findMembers(body, skipSpace(body, 0))?.get('input');
  if (inputAt === undefined) return undefined;
  const turns = readTurns(body, value.input, inputAt);
  if (turns === undefined) return undefined;
  const instructions: Turn = {
    role: 'fixed',
    identity: JSON.stringify(['instructions', value.instructions ?? null]),
    texts: [],
  };
  return {
    turns: [instructions, ...turns],
    isBypassed: reasonToBypass(url, value) !== undefined,
    ...readModel(value),
  };
};

function readTurns(
  body: string,
  input: Json | undefined,
  range: JsonRange,
): readonly Turn[] | undefined {
  if (typeof input === 'string') {
    const texts = findTexts(body, { value: input, range }, 'input_text');
    const identity = toIdentity({ role: 'user', content: input });
    return texts && [{ role: 'user', identity, texts }];
  }
  if (!isJsonArray(input)) return undefined;
  const ranges = findElements(body, range[0]);
  const turns = ranges
    .map((itemAt, index) => toTurn(body, input[index], itemAt))
    .filter((turn) => turn !== undefined);
  return turns.length === input.length ? turns : undefined;
}

function toTurn(body: string, item: Json | undefined, [start]: JsonRange): Turn | undefined {
  const members = isJsonObject(item) ? findMembers(body, start) : undefined;
  if (!isJsonObject(item) || members === undefined) return undefined;
  const name = isMessage(item) ? 'content' : 'output';
  const range = members.get(name);
  const texts =
    range === undefined ? [] : findTexts(body, { value: item[name], range }, 'input_text');
  return (
    texts && {
      role: toRole(item),
      identity: toIdentity(item),
      texts,
      isKept: item.compress === false,
    }
  );
}

function toRole(item: JsonObject): Turn['role'] {
  const { type, role } = item;
  if (isMessage(item)) return role === 'user' || role === 'assistant' ? role : 'fixed';
  if (type === 'function_call_output' || type === 'custom_tool_call_output') return 'tool';
  return 'assistant'; // calls of tools, reasoning, references to what was said before
}

/** Apps repeat an item with the id and status that it got, and move the mark of a prefix cache. */
function toIdentity(item: JsonObject): string {
  const { id: _id, status: _status, compress: _compress, ...told } = item;
  const { type = 'message', role, content, output, ...rest } = told;
  return JSON.stringify([type, role, toParts(content), toParts(output), rest]);
}

function toParts(content: Json | undefined): Json | undefined {
  if (typeof content === 'string') return [{ type: 'input_text', text: content }];
  return isJsonArray(content) ? content.map(withoutMarks) : content;
}
