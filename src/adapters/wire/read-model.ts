import type { Conversation } from './conversation.js';
import type { JsonObject } from './json.js';

/** The model that a body asks for, if it says so. */
export function readModel({ model }: JsonObject): Pick<Conversation, 'model'> {
  return typeof model === 'string' ? { model } : {};
}
