import type { Json, PromptRequest } from '../../shared/prompt-request.js';
import { toHex } from '../../shared/to-hex.js';

/** Changes whenever the same request would get another key: old entries are then never met. */
const KEY_VERSION = 1;

/** The hashes under which a request's answer is kept. All are hex. */
export type RequestKeys = {
  /** Of the prompt within the scope: names the entry. */
  readonly key: string;
  /** Of all that must be equal for an answer to be shared, the prompt's wording excepted. */
  readonly scope: string;
  /** Of the app's own scope. */
  readonly owner: string;
};

/** Request -> hashes. */
export interface KeyMaker {
  toKeys(request: PromptRequest): Promise<RequestKeys>;
  /** The hash of an app's scope, for `clear(scope)`. */
  toOwner(scope: string): Promise<string>;
  /** The hash of the optimizer's own scope. */
  toOwnOwner(): Promise<string>;
  /** Names a secret, the one in use by default, without telling it. */
  toSecretId(secret?: CryptoKey): Promise<string>;
  /** A hash over data, which only those who have the secret can make. */
  toSeal(data: Json): Promise<string>;
  /** Hashes with another secret from here on. */
  adoptSecret(secret: CryptoKey): void;
}

/**
 * Hashes with HMAC-SHA-256, so that what lies on disk cannot be matched against guessed prompts or
 * user ids by whoever lacks the key.
 *
 * @param defaultScope - The optimizer's `scope`, for requests that name none.
 */
export function createKeyMaker(secret: CryptoKey, defaultScope: string): KeyMaker {
  let current = secret;
  const encoder = new TextEncoder();
  async function hash(parts: Json, secret = current): Promise<string> {
    const signature = await crypto.subtle.sign(
      'HMAC',
      secret,
      encoder.encode(toCanonicalJson(parts)),
    );
    return toHex(new Uint8Array(signature));
  }
  const toOwner = (scope: string) => hash(['owner', KEY_VERSION, scope]);
  return {
    toOwner,
    toOwnOwner: () => toOwner(defaultScope),
    toSecretId: (secret = current) => hash(['secret-id', KEY_VERSION], secret),
    toSeal: (data) => hash(['seal', KEY_VERSION, data]),
    adoptSecret(adopted) {
      current = adopted;
    },
    async toKeys({ scope: appScope = defaultScope, model, context, params, query }) {
      const secret = current; // another may be adopted meanwhile: all of a request's are of one
      const [owner, scope] = await Promise.all([
        hash(['owner', KEY_VERSION, appScope], secret),
        hash(['scope', KEY_VERSION, appScope, model, context, params], secret),
      ]);
      return { owner, scope, key: await hash(['entry', scope, toCanonicalText(query)], secret) };
    },
  };
}

/** The same text whatever the keyboard or editor: Unicode NFC, line feeds, no space around. */
export function toCanonicalText(text: string): string {
  return text.normalize('NFC').replaceAll('\r\n', '\n').trim();
}

/** JSON with keys in order, so that equal values have equal texts (after RFC 8785). */
export function toCanonicalJson(value: Json | undefined): string {
  if (isList(value)) return `[${value.map(toCanonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${toCanonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

/** `Array.isArray` alone does not narrow a readonly array. */
function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
