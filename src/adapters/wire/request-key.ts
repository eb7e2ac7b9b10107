import type { Json } from '../../shared/prompt-request.js';
import { isJsonArray, isJsonObject, type JsonObject } from './json.js';

/** Where a call goes, as part of the key of its answer. */
export function toEndpoint({ host, pathname, search }: URL): string {
  return host + pathname + search;
}

/**
 * Whether the URL has parameters but these. Others may carry a key, which must not be stored, or
 * choose the answer, and cannot be left out.
 */
export function hasOtherParameters(url: URL, known: readonly string[]): boolean {
  return [...url.searchParams.keys()].some((name) => !known.includes(name));
}

/** The fields of a body that may change the answer: all but these. */
export function toSettings(body: JsonObject, fieldsNotInKey: ReadonlySet<string>): Json {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !fieldsNotInKey.has(name)));
}

/** Marks of a prefix for the provider's own cache; the answer is the same. */
const markNames: ReadonlySet<string> = new Set(['cache_control', 'prompt_cache_breakpoint']);

/** A message, a part or a tool without the marks of the provider's prefix cache. */
export function withoutMarks(value: Json): Json {
  return isJsonObject(value) ? toSettings(value, markNames) : value;
}

/**
 * The text of a message, given as a string or in parts of these types; `undefined` when it holds an
 * image, a file, a citation or anything unknown.
 */
export function toPlainText(
  content: Json | undefined,
  types: readonly string[],
): string | undefined {
  if (typeof content === 'string') return content;
  if (!isJsonArray(content)) return undefined;
  const texts = content.map((part) => toPartText(part, types)).filter((it) => it !== undefined);
  return texts.length === content.length ? texts.join('\n') : undefined;
}

function toPartText(part: Json, types: readonly string[]): string | undefined {
  const unmarked = withoutMarks(part);
  if (!isJsonObject(unmarked)) return undefined;
  const { type, text, ...rest } = unmarked;
  const isPlain = types.some((known) => known === type) && Object.values(rest).every(isNothing);
  return isPlain && typeof text === 'string' ? text : undefined;
}

function isNothing(value: Json | undefined): boolean {
  return value === undefined || value === null || (isJsonArray(value) && value.length === 0);
}
