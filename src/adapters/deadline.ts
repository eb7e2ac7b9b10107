import { SkimpError } from '../shared/errors.js';

/** A signal of limited life. */
export interface Deadline {
  /** Aborts as the app's signal does, or with `deadline-exceeded`. */
  readonly signal: AbortSignal;
  /** Frees the timer and the app's signal. */
  close(): void;
}

/**
 * Opens a deadline of `deadlineMs` from here on, within the life of `appSignal`.
 *
 * @param failure - What to say of the delay, such as `the prompt was not compressed`.
 */
export function openDeadline(
  deadlineMs: number,
  failure: string,
  appSignal: AbortSignal | undefined,
): Deadline {
  const controller = new AbortController();
  const expire = () => {
    const message = `${failure} within ${deadlineMs} ms`;
    controller.abort(new SkimpError('deadline-exceeded', message));
  };
  const abort = () => controller.abort(appSignal?.reason);
  const timer = setTimeout(expire, deadlineMs);
  if (appSignal?.aborted === true) abort();
  appSignal?.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    close() {
      clearTimeout(timer);
      appSignal?.removeEventListener('abort', abort);
    },
  };
}
