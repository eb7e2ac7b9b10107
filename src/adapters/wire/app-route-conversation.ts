import type { Json } from '../../shared/prompt-request.js';
import { reasonToBypass, withoutIds } from './app-route-request.js';
import type { Conversation, Turn } from './conversation.js';
import { findTexts } from './find-texts.js';
import { findElements, findMembers, type JsonRange, skipSpace } from './json-source.js';
import { isJsonArray, isJsonObject, type JsonObject, parseJson } from './json.js';

/**
 * Reads the turns of a call to an app's own route. A tool's result stands in the assistant's message
 * there, and is left alone.
 */
export function readRouteConversation(url: URL, body: string): Conversation | undefined {
  const value = parseJson(body);
  const members = isJsonObject(value) ? findMembers(body, skipSpace(body, 0)) : undefined;
  if (!isJsonObject(value) || members === undefined) return undefined;
  const turns =
    typeof value.prompt === 'string'
      ? [toPromptTurn(body, value.prompt, members.get('prompt'))]
      : toTurns(body, value.messages, members.get('messages'));
  const found = turns?.filter((turn) => turn !== undefined);
  return found === undefined || found.length !== turns?.length
    ? undefined
    : {
        turns: found,
        isBypassed: reasonToBypass(url, value) !== undefined,
        ...(typeof value.model === 'string' ? { model: value.model } : {}),
      };
}

function toPromptTurn(body: string, prompt: string, range?: JsonRange): Turn | undefined {
  const texts = range && findTexts(body, { value: prompt, range }, 'text');
  return texts && { role: 'user', identity: JSON.stringify(prompt), texts };
}

function toTurns(body: string, messages: Json | undefined, range?: JsonRange) {
  if (!isJsonArray(messages) || range === undefined) return undefined;
  const ranges = findElements(body, range[0]);
  return messages.map((message, index) => toTurn(body, message, ranges[index]));
}

function toTurn(body: string, message: Json, range?: JsonRange): Turn | undefined {
  const members = isJsonObject(message) && range ? findMembers(body, range[0]) : undefined;
  if (!isJsonObject(message) || members === undefined) return undefined;
  const name = isJsonArray(message.parts) ? 'parts' : 'content';
  const contentAt = members.get(name);
  const texts = contentAt && findTexts(body, { value: message[name], range: contentAt }, 'text');
  if (contentAt !== undefined && texts === undefined) return undefined;
  return {
    role: toRole(message),
    identity: JSON.stringify(withoutIds(message)),
    texts: texts ?? [],
  };
}

function toRole({ role }: JsonObject): Turn['role'] {
  return role === 'user' || role === 'tool' || role === 'assistant' ? role : 'fixed';
}
