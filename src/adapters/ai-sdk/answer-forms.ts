import type {
  LanguageModelV4CallOptions,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamResult,
} from '@ai-sdk/provider';
import type { CacheHit } from '../../shared/decision.js';
import type { PromptRequest } from '../../shared/prompt-request.js';
import { type AnswerListener, readAlong } from '../read-along.js';
import type { Reason } from '../wire/wire-format.js';
import { createPartsReader, toOutcome } from './collect-answer.js';
import { type ReplayOptions, replayStream, replayWhole } from './replay-answer.js';
import { type AskedModel, toPromptRequest } from './to-prompt-request.js';

/** Translates between the calls of the AI SDK, whose answers come in one form, and skimp's own shapes. */
export interface AnswerForm<Result> {
  /** What the call asks, or why it is none for the cache. */
  toPromptRequest(params: LanguageModelV4CallOptions, model: AskedModel): PromptRequest | Reason;
  /** The answer as the model would give it. */
  replay(hit: CacheHit, options: ReplayOptions): Result;
  /** Lets a listener read along, and returns what is to the app what `result` was. */
  readAlong(result: Result, listener: AnswerListener): Result;
}

/** Answers in one piece. */
export const wholeForm: AnswerForm<LanguageModelV4GenerateResult> = {
  toPromptRequest,
  replay: replayWhole,
  readAlong(result, { onOutcome }) {
    onOutcome(toOutcome(result));
    return result;
  },
};

/** Answers as streams. */
export const streamForm: AnswerForm<LanguageModelV4StreamResult> = {
  toPromptRequest,
  replay: replayStream,
  readAlong: (result, listener) => ({
    ...result,
    stream: readAlong(result.stream, createPartsReader(), listener),
  }),
};
