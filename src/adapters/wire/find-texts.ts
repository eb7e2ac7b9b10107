import type { Json } from '../../shared/prompt-request.js';
import type { TurnText } from './conversation.js';
import { findElements, findMembers, type JsonRange } from './json-source.js';
import { isJsonArray, isJsonObject, parseJson } from './json.js';

/** A value of a body, and where it stands. */
export type Found = { readonly value: Json | undefined; readonly range: JsonRange };

/**
 * The texts of a content: itself, or those of its parts of this type; `undefined` where something
 * else stands than was parsed.
 */
export function findTexts(
  body: string,
  { value, range }: Found,
  type: string,
): readonly TurnText[] | undefined {
  if (typeof value === 'string') return toTexts(body, { value, range });
  if (!isJsonArray(value)) return [];
  const ranges = findElements(body, range[0]);
  const texts = value.map((part, index) =>
    isJsonObject(part) && part.type === type && typeof part.text === 'string'
      ? findPartText(body, part.text, ranges[index])
      : [],
  );
  return joinFound(texts);
}

/** All of them; `undefined` if one is. */
export function joinFound<T>(
  found: readonly (readonly T[] | undefined)[],
): readonly T[] | undefined {
  const there = found.filter((it) => it !== undefined);
  return there.length === found.length ? there.flat() : undefined;
}

function findPartText(
  body: string,
  value: string,
  range: JsonRange | undefined,
): readonly TurnText[] | undefined {
  const textAt = range && findMembers(body, range[0])?.get('text');
  return textAt && toTexts(body, { value, range: textAt });
}

function toTexts(body: string, { value, range }: Found): readonly TurnText[] | undefined {
  const text = parseJson(body.slice(...range));
  return typeof text === 'string' && text === value ? [{ text, range }] : undefined;
}
