import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamResult,
} from '@ai-sdk/provider';
import type { Optimizer } from '../../client/optimizer.js';
import { answerCall, type Question } from '../answer-call.js';
import { createCompressStep } from '../compress-step.js';
import type { CompressionSettings } from '../compress-options.js';
import { loadInTime } from '../load-in-time.js';
import { reportFallback } from '../report.js';
import type { Reason } from '../wire/wire-format.js';
import type { AnswerForm } from './answer-forms.js';
import type { OutgoingPrompt } from './shorten-prompt.js';
import { assertWish, takeWish } from './take-wish.js';

/** What all calls through a middleware share. */
export type Surroundings = {
  readonly optimizer: Optimizer;
  readonly compression: CompressionSettings | undefined;
  readonly endpoint: string;
  readonly now: () => number;
  readonly createId: () => string;
};

/** A way to call a model; the code that tells its answers is fetched with the first call. */
type Manner<Result> = {
  send(model: LanguageModelV4, params: LanguageModelV4CallOptions): PromiseLike<Result>;
  loadForm(): Promise<AnswerForm<Result>>;
};

/** For an answer in one piece. */
export const whole: Manner<LanguageModelV4GenerateResult> = {
  send: (model, params) => model.doGenerate(params),
  loadForm: async () => (await import('./answer-forms.js')).wholeForm,
};

/** For an answer as a stream. */
export const streamed: Manner<LanguageModelV4StreamResult> = {
  send: (model, params) => model.doStream(params),
  loadForm: async () => (await import('./answer-forms.js')).streamForm,
};

/** A call of the app's, as its model would get it. */
type ModelCall = { readonly params: LanguageModelV4CallOptions; readonly model: LanguageModelV4 };

/** Makes what answers calls to models, from the cache where it can. */
export function createModelCallAnswerer(surroundings: Surroundings) {
  const { endpoint, now, createId } = surroundings;
  const prepare = createPreparer(surroundings);
  return <Result>(manner: Manner<Result>, { params: given, model }: ModelCall): Promise<Result> => {
    const { params, wish, kept } = takeWish(given);
    const { provider, modelId } = model;
    const signal = params.abortSignal;

    async function readQuestion(): Promise<Question<Result> | Reason> {
      assertWish(wish);
      if (wish.cache === 'no-store') return 'no-store';
      const form = await loadInTime(manner.loadForm(), signal);
      const request = form.toPromptRequest(params, { provider, modelId, endpoint });
      if (typeof request === 'string') return request;
      return {
        request,
        isRefresh: wish.cache === 'refresh',
        replay: (hit) => form.replay(hit, { id: createId(), at: now(), signal }),
        readAlong: form.readAlong,
      };
    }

    return answerCall(surroundings, {
      signal,
      readQuestion,
      mayCompress: () => wish.cache !== 'no-store',
      async prepare(mayCompress) {
        const isWanted = mayCompress && wish.compress !== false;
        const ready = await prepare({ params, model: modelId, kept, mayCompress: isWanted });
        return () => manner.send(model, ready);
      },
    });
  };
}

/** Makes what says how a prompt goes out; rejects only with the reason of the call's signal. */
function createPreparer({ optimizer, compression }: Surroundings) {
  type Outgoing = Omit<OutgoingPrompt, 'deadline'>;
  if (compression === undefined) return async ({ params }: Outgoing) => params;
  const shorten = createCompressStep<Outgoing, LanguageModelV4CallOptions>(
    compression,
    async () => {
      const { createPromptShortener } = await import('./shorten-prompt.js');
      return createPromptShortener(optimizer, compression);
    },
  );
  return async (outgoing: Outgoing) => {
    const { params } = outgoing;
    try {
      return await shorten(outgoing, params.abortSignal);
    } catch (error) {
      params.abortSignal?.throwIfAborted();
      reportFallback(optimizer, error);
      return params;
    }
  };
}
