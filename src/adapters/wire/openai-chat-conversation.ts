import type { Json } from '../../shared/prompt-request.js';
import type { Conversation, Turn, TurnText } from './conversation.js';
import { findElements, findMembers, type JsonRange, skipSpace } from './json-source.js';
import { isJsonArray, isJsonObject, type JsonObject, parseJson } from './json.js';
import { reasonToBypass } from './openai-chat-request.js';

/** Reads the turns of a chat completion call. */
export function readChatConversation(url: URL, body: string): Conversation | undefined {
  const value = parseJson(body);
  if (!isJsonObject(value) || !isJsonArray(value.messages)) return undefined;
  const { messages, model } = value;
  const messagesAt = findMembers(body, skipSpace(body, 0))?.get('messages');
  if (messagesAt === undefined) return undefined;
  const ranges = findElements(body, messagesAt[0]);
  const turns = ranges.map((range, index) => toTurn(body, messages[index], range));
  const found = turns.filter((turn) => turn !== undefined);
  return found.length === messages.length
    ? {
        turns: found,
        isBypassed: reasonToBypass(url, value) !== undefined,
        ...(typeof model === 'string' ? { model } : {}),
      }
    : undefined;
}

function toTurn(body: string, message: Json | undefined, [start]: JsonRange): Turn | undefined {
  if (!isJsonObject(message)) return undefined;
  const members = findMembers(body, start);
  const contentAt = members?.get('content');
  const texts =
    contentAt === undefined ? [] : findTexts(body, { value: message.content, range: contentAt });
  if (members === undefined || texts === undefined) return undefined;
  return { role: toRole(message.role), identity: toIdentity(message), texts };
}

function toRole(role: Json | undefined): Turn['role'] {
  return role === 'user' || role === 'tool' || role === 'assistant' ? role : 'fixed';
}

type Found = { readonly value: Json | undefined; readonly range: JsonRange };

function findTexts(body: string, { value, range }: Found): readonly TurnText[] | undefined {
  if (typeof value === 'string') return toTexts(body, { value, range });
  if (!isJsonArray(value)) return [];
  const ranges = findElements(body, range[0]);
  const texts = value.map((part, index) => findPartText(body, part, ranges[index]));
  return texts.some((text) => text === undefined) ? undefined : texts.flatMap((text) => text ?? []);
}

function findPartText(
  body: string,
  part: Json,
  range: JsonRange | undefined,
): readonly TurnText[] | undefined {
  if (!isJsonObject(part) || part.type !== 'text' || typeof part.text !== 'string') return [];
  const textAt = range && findMembers(body, range[0])?.get('text');
  return textAt && toTexts(body, { value: part.text, range: textAt });
}

/** One text; `undefined` when that is not what stands there. */
function toTexts(body: string, { value, range }: Found): readonly TurnText[] | undefined {
  const text = parseJson(body.slice(...range));
  return typeof text === 'string' && text === value ? [{ text, range }] : undefined;
}

/**
 * Apps move the mark of the provider's prefix cache to their newest turn, and write a string as a
 * list of one part to hold it.
 */
function toIdentity({ role, content, cache_control: _mark, ...rest }: JsonObject): string {
  const parts = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
  return JSON.stringify([role, isJsonArray(parts) ? parts.map(withoutMark) : parts, rest]);
}

function withoutMark(part: Json): Json {
  if (!isJsonObject(part)) return part;
  const { cache_control: _mark, ...rest } = part;
  return rest;
}
