import type { Optimizer } from '../client/optimizer.js';
import type { CompressionSettings } from './compress-options.js';
import type { OutgoingCall } from './compress/shorten-request.js';
import { openDeadline } from './deadline.js';
import { type FetchArguments, withoutHeaders } from './fetch-arguments.js';
import { withoutMarks } from './message-marks.js';
import { compressHeader, type ModelCall } from './model-call.js';
import { reportFallback } from './report.js';
import { untilAbort } from './until-abort.js';

/** Says what goes out for a call; rejects only with the reason of the call's signal. */
export type Prepare = (
  call: ModelCall,
  args: FetchArguments,
  mayCompress: boolean,
) => Promise<FetchArguments>;

type Shorten = (outgoing: OutgoingCall) => Promise<FetchArguments>;

/**
 * Makes what stands between the cache and the network. Without settings calls go out as the app
 * wrote them, and the code that compresses is not even loaded.
 */
export function createPreparer(
  optimizer: Optimizer,
  settings: CompressionSettings | undefined,
): Prepare {
  let loading: Promise<Shorten> | undefined;

  async function load(settings: CompressionSettings): Promise<Shorten> {
    try {
      const { createRequestShortener } = await import('./compress/shorten-request.js');
      return createRequestShortener(optimizer, settings);
    } catch (error) {
      loading = undefined; // the network may be back at the next call
      throw error;
    }
  }

  async function shorten(
    outgoing: Omit<OutgoingCall, 'deadline'>,
    settings: CompressionSettings,
  ): Promise<FetchArguments> {
    const deadline = openDeadline(
      settings.deadlineMs,
      'the prompt was not compressed',
      outgoing.call.signal,
    );
    try {
      loading ??= load(settings);
      const shortenRequest = await untilAbort(loading, deadline.signal);
      return await shortenRequest({ ...outgoing, deadline: deadline.signal });
    } finally {
      deadline.close();
    }
  }

  /** The call with one change more; where that fails, as it was. */
  async function attempt(
    call: ModelCall,
    args: FetchArguments,
    change: () => Promise<FetchArguments>,
  ): Promise<FetchArguments> {
    try {
      return await change();
    } catch (error) {
      call.signal?.throwIfAborted();
      reportFallback(optimizer, error);
      return args;
    }
  }

  return async (call, given, mayCompress) => {
    let wish: string | undefined;
    let args = await attempt(call, given, async () => {
      wish = call.compressWish;
      return wish === undefined ? given : withoutHeaders(given, [compressHeader]);
    });
    if (settings !== undefined) {
      const isWanted = mayCompress && wish?.trim().toLowerCase() !== 'off';
      const marked = { call, args, mayCompress: isWanted };
      args = await attempt(call, args, () => shorten(marked, settings));
    }
    const shortened = args;
    return attempt(call, args, () => withoutMarks(call, shortened));
  };
}
