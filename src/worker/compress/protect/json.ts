import type { Range, SpanRule } from './span.js';

const opener = /[{[]/g;
const token =
  /[ \t\n\r]*(?:([{}[\]:,"])|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;
const escape = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
/** `[]`, `[1]`, `[3, 17]`: nothing, or what may be a citation. */
const notData = /^(?:[{[]\s*[}\]]|\[\s*\d{1,3}(?:\s*,\s*\d{1,3}){0,7}\s*\])$/;
/** `rows["name"]`: an index into something. */
const indexed = /[\w)\]]/;

type Frame = {
  readonly start: number;
  readonly close: '}' | ']';
  expects: 'first' | 'item' | 'colon' | 'value' | 'next' | 'end';
};

/** The largest objects and arrays that are JSON, wherever they stand. */
export const json: SpanRule = {
  kind: 'json',
  find: (text) => findValues(text).filter((range) => isData(text, range)),
};

function isData(text: string, [start, end]: Range): boolean {
  if (end - start < 60 && notData.test(text.slice(start, end))) return false;
  return !indexed.test(text.charAt(start - 1));
}

/**
 * One parser for all candidates: what breaks the innermost open value breaks those around it, so that
 * none is read twice.
 */
function findValues(text: string): readonly Range[] {
  const found: Range[] = [];
  const open: Frame[] = [];
  const push = (letter: string, start: number) =>
    void open.push({ start, close: letter === '{' ? '}' : ']', expects: 'first' });
  for (let at = 0, lastString = -1; ;) {
    const frame = open.at(-1);
    if (!frame) {
      opener.lastIndex = at;
      const first = opener.exec(text);
      if (!first) return found;
      push(first[0], first.index);
      [at, lastString] = [opener.lastIndex, -1];
      continue;
    }
    const { type, end } = readToken(text, at);
    const expects = advance(frame, type);
    if (!expects) {
      // A string that was read may have been none: what it holds gets its chance.
      if (lastString >= 0) at = lastString + 1;
      open.length = 0;
      continue;
    }
    frame.expects = expects;
    lastString = type === '"' ? at : -1;
    at = end;
    if (type === '{' || type === '[') push(type, end - 1);
    if (expects !== 'end') continue;
    open.pop();
    while ((found.at(-1)?.[0] ?? -1) > frame.start) found.pop();
    found.push([frame.start, end]);
  }
}

type Token = {
  /** A bracket, colon, comma or quotation mark; `0` for numbers and names; `` for none of JSON's. */
  readonly type: string;
  readonly end: number;
};

function readToken(text: string, at: number): Token {
  token.lastIndex = at;
  const match = token.exec(text);
  const type = match ? (match[1] ?? '0') : '';
  const end = type === '"' ? readString(text, token.lastIndex) : token.lastIndex;
  return end < 0 ? { type: '', end: at } : { type, end };
}

/** Where the string ends whose text begins at `at`, or -1. A pattern would run out of stack. */
function readString(text: string, at: number): number {
  for (let end = at; end < text.length; end++) {
    const unit = text.charCodeAt(end);
    if (unit === 0x22) return end + 1;
    if (unit < 0x20) return -1;
    if (unit !== 0x5c) continue;
    escape.lastIndex = end;
    if (!escape.test(text)) return -1;
    end = escape.lastIndex - 1;
  }
  return -1;
}

/** What may follow, or `undefined` where this token may not stand. */
function advance({ close, expects }: Frame, type: string): Frame['expects'] | undefined {
  if (type === close) return expects === 'first' || expects === 'next' ? 'end' : undefined;
  if (expects === 'next') return type === ',' ? 'item' : undefined;
  if (expects === 'colon') return type === ':' ? 'value' : undefined;
  if (close === '}' && expects !== 'value') return type === '"' ? 'colon' : undefined;
  return type !== '' && '{["0'.includes(type) ? 'next' : undefined;
}
