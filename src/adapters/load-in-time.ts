import { openDeadline } from './deadline.js';
import { untilAbort } from './until-abort.js';

/** Time that a call waits for the code that translates it, which is fetched with the first one. */
const LOADING_MS = 300;

/**
 * Waits for code, and no longer than a call may.
 *
 * @throws what the loading does, `deadline-exceeded`, or the reason of the signal.
 */
export async function loadInTime<Code>(
  loading: Promise<Code>,
  signal: AbortSignal | undefined,
): Promise<Code> {
  const deadline = openDeadline(LOADING_MS, 'the code for this call was not loaded', signal);
  try {
    return await untilAbort(loading, deadline.signal);
  } finally {
    deadline.close();
  }
}
