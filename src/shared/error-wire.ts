import { transferHandlers } from 'comlink';
import { SkimpError, skimpErrorCodes, toSkimpError } from './errors.js';
import type { SkimpErrorCode } from './errors.js';

type WireError = { readonly code: SkimpErrorCode; readonly message: string };

/**
 * Makes errors keep their `code` across Comlink, which by itself carries name, message and stack
 * only. Call in both threads before anything crosses.
 */
export function registerErrorWire(): void {
  const throwHandler = transferHandlers.get('throw');
  if (throwHandler === undefined) return;
  transferHandlers.set('throw', {
    canHandle: throwHandler.canHandle,
    serialize: (thrown: unknown) => {
      // Comlink wraps what was thrown: { value, [marker]: true }
      const { value } = thrown as { value: unknown };
      const { code, message } = toSkimpError(value, 'internal');
      return [{ code, message } satisfies WireError, []];
    },
    deserialize: (wire: unknown) => {
      throw fromWire(wire);
    },
  });
}

function fromWire(wire: unknown): SkimpError {
  if (typeof wire === 'object' && wire !== null && 'code' in wire && 'message' in wire) {
    const code = skimpErrorCodes.find((known) => known === wire.code);
    if (code !== undefined) return new SkimpError(code, String(wire.message));
  }
  return new SkimpError('internal', 'the worker sent an error that cannot be read');
}
