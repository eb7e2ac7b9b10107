import type { CompressionTask, ProtectedKind } from '../../shared/compression.js';

/** What the page calls one protected part of each kind, and several. */
export const protectedNames: Readonly<
  Record<ProtectedKind, readonly [one: string, several: string]>
> = {
  'keep-region': ['keep region', 'keep regions'],
  'code-fence': ['code block', 'code blocks'],
  placeholder: ['placeholder', 'placeholders'],
  json: ['JSON document', 'JSON documents'],
  'xml-tag': ['tag', 'tags'],
  'inline-code': ['piece of code', 'pieces of code'],
  url: ['URL', 'URLs'],
  email: ['e-mail address', 'e-mail addresses'],
  date: ['date', 'dates'],
  number: ['number', 'numbers'],
  negation: ['negation', 'negations'],
  quote: ['quotation', 'quotations'],
};

/** `kept`: in every output. `whole`: kept or dropped as one, never cut. */
export type Protection = 'kept' | 'whole';

const alwaysKept: ReadonlySet<ProtectedKind> = new Set(['keep-region', 'code-fence']);
const keptInProse: ReadonlySet<ProtectedKind> = new Set(['placeholder', 'json', 'xml-tag']);

/** In source code, what would be JSON, a tag or a placeholder in prose is on nearly every line. */
export function toProtection(kind: ProtectedKind, task: CompressionTask): Protection {
  const isKept = alwaysKept.has(kind) || (task !== 'code' && keptInProse.has(kind));
  return isKept ? 'kept' : 'whole';
}
