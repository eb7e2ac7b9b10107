import type { Optimizer } from '../client/optimizer.js';
import type { CompressionSettings } from './compress-options.js';
import { createCompressStep } from './compress-step.js';
import type { OutgoingCall } from './compress/shorten-request.js';
import type { FetchArguments } from './fetch-arguments.js';
import { loadMarks } from './message-marks.js';
import { compressHeader, type ModelCall } from './model-call.js';
import { reportFallback } from './report.js';
import { untilAbort } from './until-abort.js';

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
    /** Where it fails, the call stays as it was. */
    const change = async (step: () => Promise<FetchArguments>) => {
      try {
        args = await step();
      } catch (error) {
        call.signal?.throwIfAborted();
        reportFallback(optimizer, error);
      }
    };
    await change(async () => {
      const wish = call.compressWish;
      if (wish !== undefined) args = await withoutWish(args);
      const isWanted = mayCompress && wish?.trim().toLowerCase() !== 'off';
      return shorten?.({ call, args, mayCompress: isWanted }, call.signal) ?? args;
    });
    await change(() => withoutMarks(call, args));
    return args;
  };
}

async function withoutWish(args: FetchArguments): Promise<FetchArguments> {
  const { withoutHeaders } = await import('./fetch-arguments.js');
  return withoutHeaders(args, [compressHeader]);
}

/** It waits for the code as long as the call lives: a provider would refuse the marks. */
async function withoutMarks(call: ModelCall, args: FetchArguments): Promise<FetchArguments> {
  const marks = await untilAbort(loadMarks(await call.readBody()), call.signal);
  return marks === undefined ? args : marks.withoutMarks(call.wire, args);
}

function createShortener(optimizer: Optimizer, settings: CompressionSettings) {
  return createCompressStep<Omit<OutgoingCall, 'deadline'>, FetchArguments>(settings, async () => {
    const { createRequestShortener } = await import('./compress/shorten-request.js');
    return createRequestShortener(optimizer, settings);
  });
}
