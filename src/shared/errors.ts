/**
 * Why skimp failed. Branch on these; messages are for people and may change.
 *
 * - `invalid-option`: an option is missing, out of range or unknown. Thrown at once.
 * - `optimizer-closed`: a call after `close()`. Thrown.
 * - `worker-crashed`: the worker died, could not start, or stopped answering and was replaced.
 * - `deadline-exceeded`: the worker did not answer within `deadlineMs`.
 * - `model-load-failed`: a model file could not be fetched, or is not what the manifest says.
 * - `inference-failed`: a model ran and gave no usable vector or verdict.
 * - `storage-blocked`: IndexedDB cannot be used; the cache lives in memory only.
 * - `storage-full`: an answer was not stored, because eviction could not make room.
 * - `transfer-refused`: entries cannot be exported or imported as asked; the message says why. Thrown.
 * - `internal`: a defect in skimp.
 */
export const skimpErrorCodes = [
  'invalid-option',
  'optimizer-closed',
  'worker-crashed',
  'deadline-exceeded',
  'model-load-failed',
  'inference-failed',
  'storage-blocked',
  'storage-full',
  'transfer-refused',
  'internal',
] as const;

/** See {@link skimpErrorCodes}. */
export type SkimpErrorCode = (typeof skimpErrorCodes)[number];

/** The one error class skimp throws. Its message never holds prompt text. */
export class SkimpError extends Error {
  override readonly name = 'SkimpError';
  readonly code: SkimpErrorCode;

  constructor(code: SkimpErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Tells skimp's errors from the app's own and from an abort reason. */
export function isSkimpError(error: unknown): error is SkimpError {
  return error instanceof SkimpError;
}

/** Wraps anything thrown, so that it carries a code; a {@link SkimpError} passes unchanged. */
export function toSkimpError(error: unknown, code: SkimpErrorCode): SkimpError {
  if (isSkimpError(error)) return error;
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new SkimpError(code, message, { cause: error });
}
