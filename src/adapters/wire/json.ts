import type { Json } from '../../shared/prompt-request.js';

export type JsonObject = { readonly [key: string]: Json | undefined };

/** The value, or `undefined` for text that is not JSON: the parser's own error quotes the text. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isJsonArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
