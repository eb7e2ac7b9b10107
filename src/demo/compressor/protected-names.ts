import type { CompressionTask, ProtectedKind } from '../../shared/compression.js';

/** What the page calls the protected parts of each kind. */
export const protectedNames: Readonly<Record<ProtectedKind, string>> = {
  'keep-region': 'keep regions',
  'code-fence': 'code blocks',
  placeholder: 'placeholders',
  json: 'JSON documents',
  'xml-tag': 'tags',
  'inline-code': 'inline code',
  url: 'URLs',
  email: 'e-mail addresses',
  date: 'dates',
  number: 'numbers',
  negation: 'negations',
  quote: 'quotations',
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
