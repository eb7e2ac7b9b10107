import { toHex } from '../shared/to-hex.js';

/** 24 random hex digits. */
export function createRandomId(): string {
  // `crypto.randomUUID` is missing on pages without HTTPS.
  return toHex(crypto.getRandomValues(new Uint8Array(12)));
}
