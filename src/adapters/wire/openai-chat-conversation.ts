import type { Json } from '../../shared/prompt-request.js';
import type { Conversation, Turn } from './conversation.js';
import { findTexts } from './find-texts.js';
import { findElements, findMembers, type JsonRange, skipSpace } from './json-source.js';
import { isJsonArray, isJsonObject, type JsonObject, parseJson } from './json.js';
import { reasonToBypass } from './openai-chat-request.js';
import { withoutMarks } from './request-key.js';
import { readModel } from './read-model.js';

/** Reads the turns of a chat completion call. */
export function readChatConversation(url: URL, body: string): Conversation | undefined {
  const value = parseJson(body);
  if (!isJsonObject(value) || !isJsonArray(value.messages)) return undefined;
  const { messages } = value;
  const messagesAt = findMembers(body, skipSpace(body, 0))?.get('messages');
  if (messagesAt === undefined) return undefined;
  const ranges = findElements(body, messagesAt[0]);
  const turns = ranges.map((range, index) => toTurn(body, messages[index], range));
  const found = turns.filter((turn) => turn !== undefined);
  return found.length === messages.length
    ? {
        turns: found,
        isBypassed: reasonToBypass(url, value) !== undefined,
        ...readModel(value),
      }
    : undefined;
}

function toTurn(body: string, message: Json | undefined, [start]: JsonRange): Turn | undefined {
  if (!isJsonObject(message)) return undefined;
  const members = findMembers(body, start);
  const contentAt = members?.get('content');
  const texts =
    contentAt === undefined
      ? []
      : findTexts(body, { value: message.content, range: contentAt }, 'text');
  if (members === undefined || texts === undefined) return undefined;
  const role = toRole(message.role);
  return { role, identity: toIdentity(message), texts, isKept: message.compress === false };
}

function toRole(role: Json | undefined): Turn['role'] {
  return role === 'user' || role === 'tool' || role === 'assistant' ? role : 'fixed';
}

/**
 * Apps move the mark of the provider's prefix cache to their newest turn, and write a string as a
 * list of one part to hold it.
 */
function toIdentity(message: JsonObject): string {
  const { role, content, cache_control: _cached, compress: _compress, ...rest } = message;
  const parts = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
  return JSON.stringify([role, isJsonArray(parts) ? parts.map(withoutMarks) : parts, rest]);
}
