import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamResult,
} from '@ai-sdk/provider';
import type { Optimizer } from '../../client/optimizer.js';
import type { CacheHit } from '../../shared/decision.js';
import { answerCall, type Question } from '../answer-call.js';
import { createCompressStep } from '../compress-step.js';
import type { CompressionSettings } from '../compress-options.js';
import { type AnswerListener, readAlong } from '../read-along.js';
import { reportFallback } from '../report.js';
import type { Reason } from '../wire/wire-format.js';
import { createPartsReader, toOutcome } from './collect-answer.js';
import { type ReplayOptions, replayStream, replayWhole } from './replay-answer.js';
import type { OutgoingPrompt } from './shorten-prompt.js';
import { assertWish, takeWish, type WishedCall } from './take-wish.js';
import { toPromptRequest } from './to-prompt-request.js';

/** What all calls through a middleware share. */
export type Surroundings = {
  readonly optimizer: Optimizer;
  readonly compression: CompressionSettings | undefined;
  readonly endpoint: string;
  readonly now: () => number;
  readonly createId: () => string;
};

/** A way to call a model. */
type Manner<Result> = {
  send(model: LanguageModelV4, params: LanguageModelV4CallOptions): PromiseLike<Result>;
  replay(hit: CacheHit, options: ReplayOptions): Result;
  readAlong(result: Result, listener: AnswerListener): Result;
};

/** Answers in one piece. */
export const whole: Manner<LanguageModelV4GenerateResult> = {
  send: (model, params) => model.doGenerate(params),
  replay: replayWhole,
  readAlong(result, { onOutcome }) {
    onOutcome(toOutcome(result));
    return result;
  },
};

/** Answers as a stream. */
export const streamed: Manner<LanguageModelV4StreamResult> = {
  send: (model, params) => model.doStream(params),
  replay: replayStream,
  readAlong: (result, listener) => ({
    ...result,
    stream: readAlong(result.stream, createPartsReader(), listener),
  }),
};

/** The call of an app's, as its model would get it. */
type ModelCall = {
  readonly params: LanguageModelV4CallOptions;
  readonly model: LanguageModelV4;
};

/** Makes what answers calls to models, from the cache where it can. */
export function createModelCallAnswerer(surroundings: Surroundings) {
  const { optimizer, compression, endpoint, now, createId } = surroundings;
  const shorten =
    compression &&
    createCompressStep<Omit<OutgoingPrompt, 'deadline'>, LanguageModelV4CallOptions>(
      compression,
      async () => {
        const { createPromptShortener } = await import('./shorten-prompt.js');
        return createPromptShortener(optimizer, compression);
      },
    );

  async function prepare({ params, wish, kept }: WishedCall, mayCompress: boolean) {
    if (shorten === undefined) return params;
    const { abortSignal } = params;
    try {
      const isWanted = mayCompress && wish.compress !== false;
      return await shorten({ params, kept, mayCompress: isWanted }, abortSignal);
    } catch (error) {
      abortSignal?.throwIfAborted();
      reportFallback(optimizer, error);
      return params;
    }
  }

  return <Result>(manner: Manner<Result>, { params: given, model }: ModelCall): Promise<Result> => {
    const call = takeWish(given);
    const { params, wish } = call;
    const signal = params.abortSignal;

    async function readQuestion(): Promise<Question<Result> | Reason> {
      assertWish(wish);
      if (wish.cache === 'no-store') return 'no-store';
      const { provider, modelId } = model;
      const request = toPromptRequest(params, { provider, modelId, endpoint });
      if (typeof request === 'string') return request;
      return {
        request,
        isRefresh: wish.cache === 'refresh',
        replay: (hit) => manner.replay(hit, { id: createId(), at: now(), signal }),
        readAlong: manner.readAlong,
      };
    }

    return answerCall(surroundings, {
      signal,
      readQuestion,
      mayCompress: () => wish.cache !== 'no-store',
      async prepare(mayCompress) {
        const ready = await prepare(call, mayCompress);
        return () => manner.send(model, ready);
      },
    });
  };
}
