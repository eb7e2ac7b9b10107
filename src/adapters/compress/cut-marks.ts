import type { FetchArguments } from '../fetch-arguments.js';
import type { WireName } from '../wire/endpoints.js';
import {
  findElements,
  findMembers,
  type JsonRange,
  listMembers,
  skipSpace,
} from '../wire/json-source.js';
import { isJsonObject, parseJson } from '../wire/json.js';
import { readExactBody, withBody } from './request-body.js';

/** Where a body has its turns, in the formats whose turns an app may mark. */
const listNames: Readonly<Partial<Record<WireName, string>>> = {
  'openai-chat': 'messages',
  'openai-responses': 'input',
  'anthropic-messages': 'messages',
};

/** The same call without the marks in its messages. */
export async function withoutMarks(wire: WireName, args: FetchArguments): Promise<FetchArguments> {
  const body = await readExactBody(args);
  const unmarked = body === undefined ? undefined : cutMarks(body, wire);
  return unmarked === undefined || unmarked === body ? args : withBody(args, unmarked);
}

/**
 * The body without the marks in its messages, which a provider would refuse; not a byte beside them
 * is changed.
 */
export function cutMarks(body: string, wire: WireName): string {
  const listName = listNames[wire];
  if (listName === undefined || !isJsonObject(parseJson(body))) return body;
  const listAt = findMembers(body, skipSpace(body, 0))?.get(listName);
  if (listAt === undefined || body[listAt[0]] !== '[') return body;
  let cut = '';
  let at = 0;
  for (const [start] of findElements(body, listAt[0])) {
    const mark = body[start] === '{' ? findMark(body, start) : undefined;
    if (mark === undefined) continue;
    cut += body.slice(at, mark[0]);
    at = mark[1];
  }
  return cut + body.slice(at);
}

/** The mark of the message at `at`, with the comma behind it or else before it. */
function findMark(body: string, at: number): JsonRange | undefined {
  const members = listMembers(body, at);
  const marks = members.filter(({ key }) => key === 'compress');
  const [mark] = marks;
  if (mark === undefined || marks.length > 1) return undefined;
  if (!['true', 'false'].includes(body.slice(...mark.value))) return undefined; // none of ours
  const index = members.indexOf(mark);
  const next = members[index + 1];
  if (next !== undefined) return [mark.start, next.start];
  return [members[index - 1]?.value[1] ?? mark.start, mark.value[1]];
}
