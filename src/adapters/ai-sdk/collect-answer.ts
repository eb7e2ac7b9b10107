import type {
  LanguageModelV4Content,
  LanguageModelV4FinishReason,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from '@ai-sdk/provider';
import type { TokenUsage } from '../../shared/prompt-request.js';
import type { AnswerReader } from '../read-along.js';
import type { Outcome, Reason } from '../wire/wire-format.js';

/** An answer as far as it has come. */
type Draft = {
  text: string;
  model: string;
  /** Absent until the answer has ended well. */
  end?: LanguageModelV4Usage;
};

const severalTexts = 'the answer has several texts';

/** Reads an answer of one piece. Only one plain text with a clean end is kept. */
export function toOutcome(result: LanguageModelV4GenerateResult): Outcome {
  const draft: Draft = { text: '', model: result.response?.modelId ?? '' };
  for (const content of result.content) {
    const reason = extendDraft(draft, content);
    if (reason !== undefined) return reason;
  }
  const { structuredOutputText = draft.text } = result;
  if (structuredOutputText !== draft.text) return 'the answer has another text for its output';
  return finishDraft(draft, result) ?? endDraft(draft);
}

function extendDraft(draft: Draft, content: LanguageModelV4Content): Reason | undefined {
  if (content.type === 'reasoning') return undefined; // no part of the answer
  if (content.type !== 'text') return `the answer has ${content.type}`;
  if (content.text === '') return undefined;
  if (draft.text !== '') return severalTexts;
  draft.text = content.text;
  return reasonOfCitations(content.citations);
}

/** Reads a stream of parts; as {@link toOutcome}. */
export function createPartsReader(): AnswerReader<LanguageModelV4StreamPart> {
  const draft: Draft = { text: '', model: '' };
  return {
    push: (part) => readPart(draft, part),
    finish: () => endDraft(draft),
  };
}

/** @returns why the answer is not for the cache, if so. */
function readPart(draft: Draft, part: LanguageModelV4StreamPart): Reason | undefined {
  switch (part.type) {
    case 'text-start':
      return draft.text === '' ? undefined : severalTexts;
    case 'text-delta':
      draft.text += part.delta;
      return undefined;
    case 'text-end':
      return reasonOfCitations(part.citations);
    case 'response-metadata':
      draft.model = part.modelId ?? draft.model;
      return undefined;
    case 'finish':
      return finishDraft(draft, part);
    case 'stream-start':
    case 'reasoning-start':
    case 'reasoning-delta':
    case 'reasoning-end':
    case 'ping':
      return undefined;
    default:
      return `the answer has ${part.type}`;
  }
}

type Finish = {
  readonly finishReason: LanguageModelV4FinishReason;
  readonly usage: LanguageModelV4Usage;
};

function finishDraft(draft: Draft, { finishReason, usage }: Finish): Reason | undefined {
  const { unified } = finishReason;
  if (unified !== 'stop') return `finishReason is ${JSON.stringify(unified)}`;
  draft.end = usage;
  return undefined;
}

function endDraft({ text, model, end }: Draft): Outcome {
  if (end === undefined) return 'the answer was cut off: it has no finish';
  if (text === '') return 'the answer is empty';
  const usage = toUsage(end);
  return { text, model, ...(usage && { usage }) };
}

function toUsage({ inputTokens, outputTokens }: LanguageModelV4Usage): TokenUsage | undefined {
  const { total: promptTokens } = inputTokens;
  const { total: completionTokens } = outputTokens;
  return promptTokens === undefined || completionTokens === undefined
    ? undefined
    : { promptTokens, completionTokens };
}

function reasonOfCitations(citations: readonly unknown[] | undefined): Reason | undefined {
  return citations === undefined || citations.length === 0 ? undefined : 'the answer has citations';
}
