import { toHex } from '../../shared/to-hex.js';

/** Tells texts apart: equal only for equal ones. */
export type Hash = (text: string) => Promise<string>;

/**
 * One key per turn, which stands for the conversation up to it and with it: the same words in
 * another conversation are another turn.
 *
 * @param identities - What makes each turn; of all turns, from the first on.
 */
export async function toTurnKeys(
  identities: readonly string[],
  hash: Hash = pickHash(),
): Promise<readonly string[]> {
  const keys: string[] = [];
  for (const identity of identities) keys.push(await hash(`${keys.at(-1) ?? ''}\n${identity}`));
  return keys;
}

/** SHA-256 where the page may use it: pages without HTTPS have no `crypto.subtle`. */
export function pickHash(subtle: SubtleCrypto | null = globalThis.crypto?.subtle ?? null): Hash {
  if (subtle === null) return async (text) => quickHash(text);
  return async (text) => {
    const digest = await subtle.digest('SHA-256', new TextEncoder().encode(text));
    return toHex(new Uint8Array(digest));
  };
}

/** 128 bits, after the mixing steps of MurmurHash3: none meet by chance. */
function quickHash(text: string): string {
  const lanes = new Uint32Array([0x9e3779b9, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f]);
  const factors = new Uint32Array([0xcc9e2d51, 0x1b873593, 0x2545f491, 0x38495ab5]); // odd
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    for (let lane = 0; lane < 4; lane += 1) {
      const mixed = Math.imul(lanes[lane]! ^ code, factors[lane]!);
      lanes[lane] = ((mixed << 13) | (mixed >>> 19)) + lanes[(lane + 1) % 4]!;
    }
  }
  for (let round = 0; round < 8; round += 1) {
    const lane = round % 4;
    const mixed = Math.imul(lanes[lane]! ^ (lanes[lane]! >>> 16), 0x85ebca6b) ^ text.length;
    lanes[lane] = (mixed ^ (mixed >>> 13)) + lanes[(lane + 1) % 4]!;
  }
  return toHex(new Uint8Array(lanes.buffer));
}
