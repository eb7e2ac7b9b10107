import type { Optimizer } from '../client/optimizer.js';
import type { CacheHit } from '../shared/decision.js';
import { answerCall, type Question } from './answer-call.js';
import type { CompressionSettings } from './compress-options.js';
import type { FetchArguments } from './fetch-arguments.js';
import { toHitHeaders } from './hit-headers.js';
import { loadInTime } from './load-in-time.js';
import { loadMarks } from './message-marks.js';
import type { ModelCall } from './model-call.js';
import { createPreparer } from './outgoing.js';
import { tapResponse } from './tap-response.js';
import { loadWireFormat } from './wire/endpoints.js';
import type { Reason, WireFormat, WireRequest } from './wire/wire-format.js';

/** What {@link createCallHandler} works with. */
export type CallHandlerOptions = {
  readonly optimizer: Optimizer;
  readonly compression: CompressionSettings | undefined;
  readonly now: () => number;
  readonly createId: () => string;
};

/** One call as the app made it, and what sends it on. */
export type FetchCall = {
  readonly call: ModelCall;
  readonly args: FetchArguments;
  readonly send: typeof fetch;
};

/** Longest body that is parsed, in characters: on the page's thread 2 MB of JSON take some 20 ms. */
const MAX_BODY_LENGTH = 2_000_000;

/** One call, with what it needs of its surroundings. */
type Session = Omit<CallHandlerOptions, 'compression'> & {
  readonly call: ModelCall;
  /**
   * Makes the request ready: its newest turns may be shortened or not. Rejects only with the reason
   * of the call's signal; what comes out sends it.
   */
  readonly prepare: (mayCompress: boolean) => Promise<() => Promise<Response>>;
};

/** What a call asks, and what translates it. */
type Asked = { readonly format: WireFormat; readonly prompt: WireRequest };

/** Makes what answers recognised calls: one function, which knows how earlier turns were sent. */
export function createCallHandler({ compression, ...options }: CallHandlerOptions) {
  const prepareCall = createPreparer(options.optimizer, compression);
  return ({ call, args, send }: FetchCall): Promise<Response> => {
    const prepare = async (mayCompress: boolean) => {
      const sent = await prepareCall(call, args, mayCompress);
      return () => send(...sent);
    };
    return answer({ ...options, call, prepare });
  };
}

function answer(session: Session): Promise<Response> {
  const { call, prepare } = session;
  return answerCall(session, {
    signal: call.signal,
    readQuestion: () => readQuestion(session),
    mayCompress: () => call.cachePolicy !== 'bypass',
    prepare,
  });
}

async function readQuestion(session: Session): Promise<Question<Response> | Reason> {
  const asked = await readCall(session.call);
  if (typeof asked === 'string') return asked;
  const { format, prompt } = asked;
  return {
    request: prompt.request,
    isRefresh: session.call.cachePolicy === 'refresh' || prompt.isRefresh === true,
    replay: (hit) => replay(session, asked, hit),
    readAlong(response, listener) {
      const { createCollector } = format;
      return tapResponse(response, { createCollector, ...listener });
    },
  };
}

async function readCall({ cachePolicy, url, wire, signal, readBody }: ModelCall) {
  if (cachePolicy === 'bypass') return 'no-store';
  const body = await readBody();
  if (body === undefined) return 'the body cannot be read';
  if (body.length > MAX_BODY_LENGTH) return 'the body is too long';
  const format = await loadInTime(loadWireFormat(wire), signal);
  const marks = await loadInTime(loadMarks(body), signal);
  const prompt = format.parseRequest(url, marks?.cutMarks(body, wire) ?? body);
  return typeof prompt === 'string' ? prompt : { format, prompt };
}

function replay(
  { call, now, createId }: Session,
  { format, prompt }: Asked,
  hit: CacheHit,
): Response {
  const { stream, includeUsage, isStored = false } = prompt;
  const options = {
    stream,
    includeUsage,
    isStored,
    id: createId(),
    at: now(),
    signal: call.signal,
  };
  const response = format.replay(hit.response, options);
  for (const [name, value] of Object.entries(toHitHeaders(hit))) response.headers.set(name, value);
  return Object.defineProperty(response, 'url', { value: call.url.href });
}
