/** Where a value stands in a JSON text: `[start, end)` in UTF-16 code units. */
export type JsonRange = readonly [start: number, end: number];

/** A member of an object: where it begins, with its key, and where its value stands. */
export type JsonMember = {
  readonly key: string;
  readonly start: number;
  readonly value: JsonRange;
};

/**
 * The members of the object at `at`, in order.
 *
 * @param json - Text that `JSON.parse` accepts; of any other the result means nothing.
 */
export function listMembers(json: string, at: number): readonly JsonMember[] {
  const members: JsonMember[] = [];
  let start = skipSpace(json, at + 1);
  while (json[start] === '"') {
    const keyEnd = endOfString(json, start);
    const key = String(JSON.parse(json.slice(start, keyEnd)));
    const valueStart = skipSpace(json, skipSpace(json, keyEnd) + 1); // past the colon
    const end = endOfValue(json, valueStart);
    members.push({ key, start, value: [valueStart, end] });
    start = afterComma(json, end);
  }
  return members;
}

/**
 * Where the values of the object at `at` stand, by key; `undefined` where a key comes twice, for
 * readers differ on which of them counts. As {@link listMembers}.
 */
export function findMembers(json: string, at: number): ReadonlyMap<string, JsonRange> | undefined {
  const members = listMembers(json, at);
  const found = new Map(members.map(({ key, value }) => [key, value]));
  return found.size === members.length ? found : undefined;
}

/** Where the elements of the array at `at` stand; as {@link listMembers}. */
export function findElements(json: string, at: number): readonly JsonRange[] {
  const elements: JsonRange[] = [];
  let start = skipSpace(json, at + 1);
  while (start < json.length && json[start] !== ']') {
    const end = endOfValue(json, start);
    elements.push([start, end]);
    start = afterComma(json, end);
  }
  return elements;
}

/** Where the text's one value begins. */
export function skipSpace(json: string, at: number): number {
  let next = at;
  while (isSpace(json.charCodeAt(next))) next += 1;
  return next;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function afterComma(json: string, end: number): number {
  const at = skipSpace(json, end);
  return json[at] === ',' ? skipSpace(json, at + 1) : at;
}

function endOfValue(json: string, start: number): number {
  const first = json[start];
  if (first === '"') return endOfString(json, start);
  if (first === '{' || first === '[') return endOfNested(json, start);
  const scalar = /[^\s,\]}]+/y;
  scalar.lastIndex = start;
  return scalar.test(json) ? scalar.lastIndex : start + 1;
}

function endOfNested(json: string, start: number): number {
  const marks = /["[\]{}]/g;
  marks.lastIndex = start;
  let depth = 0;
  for (let mark = marks.exec(json); mark !== null; mark = marks.exec(json)) {
    if (mark[0] === '"') marks.lastIndex = endOfString(json, mark.index);
    else depth += mark[0] === '{' || mark[0] === '[' ? 1 : -1;
    if (depth === 0) return mark.index + 1;
  }
  return json.length;
}

function endOfString(json: string, start: number): number {
  let end = json.indexOf('"', start + 1);
  while (end >= 0 && isEscaped(json, end)) end = json.indexOf('"', end + 1);
  return end < 0 ? json.length : end + 1;
}

function isEscaped(json: string, at: number): boolean {
  let first = at;
  while (json[first - 1] === '\\') first -= 1;
  return (at - first) % 2 === 1;
}
