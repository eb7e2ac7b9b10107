import type { ProtectedKind } from '../../shared/compression.js';

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
