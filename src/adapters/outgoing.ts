import type { Optimizer } from '../client/optimizer.js';
import type { CompressionSettings } from './compress-options.js';
import { createCompressStep } from './compress-step.js';
import type { OutgoingCall } from './compress/shorten-request.js';
import { type FetchArguments, withoutHeaders } from './fetch-arguments.js';
import { compressHeader, type ModelCall } from './model-call.js';
import { reportFallback } from './report.js';

/** Says what goes out for a call; rejects only with the reason of the call's signal. */
export type Prepare = (
  call: ModelCall,
  args: FetchArguments,
  mayCompress: boolean,
) => Promise<FetchArguments>;

/**
 * Makes what stands between the cache and the network. Without settings calls go out as the app
 * wrote them, and the code that compresses is not even loaded.
 */
export function createPreparer(
  optimizer: Optimizer,
  settings: CompressionSettings | undefined,
): Prepare {
  const shorten = settings && createShortener(optimizer, settings);
  return async (call, given, mayCompress) => {
    let args = given;
    try {
      const wish = call.compressWish;
      if (wish !== undefined) args = withoutHeaders(given, [compressHeader]);
      if (shorten === undefined) return args;
      const isWanted = mayCompress && wish?.trim().toLowerCase() !== 'off';
      return await shorten({ call, args, mayCompress: isWanted }, call.signal);
    } catch (error) {
      call.signal?.throwIfAborted();
      reportFallback(optimizer, error);
      return args;
    }
  };
}

function createShortener(optimizer: Optimizer, settings: CompressionSettings) {
  return createCompressStep<Omit<OutgoingCall, 'deadline'>, FetchArguments>(settings, async () => {
    const { createRequestShortener } = await import('./compress/shorten-request.js');
    return createRequestShortener(optimizer, settings);
  });
}
