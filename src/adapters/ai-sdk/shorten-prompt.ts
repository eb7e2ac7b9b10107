import type {
  LanguageModelV4CallOptions,
  LanguageModelV4Message,
  LanguageModelV4ToolResultOutput,
} from '@ai-sdk/provider';
import type { Optimizer } from '../../client/optimizer.js';
import type { CompressionSettings } from '../compress-options.js';
import type { Compressor } from '../compress/compress-turns.js';
import { createTurnShortener } from '../compress/shorten-turns.js';
import type { PlainText, PlainTurn } from '../wire/conversation.js';
import { createRenaming, reasonToBypass } from './to-prompt-request.js';

/** A call on its way out. */
export type OutgoingPrompt = {
  readonly params: LanguageModelV4CallOptions;
  /** The model asked, as its provider names it. */
  readonly model: string;
  /** Messages that are sent word for word. */
  readonly kept: ReadonlySet<LanguageModelV4Message>;
  /** Whether the newest turns may be shortened; older ones are sent as before in any case. */
  readonly mayCompress: boolean;
  /** Ends the compression. */
  readonly deadline: AbortSignal;
};

type PromptTurn = PlainTurn & { readonly message: LanguageModelV4Message };

/** Makes what shortens prompts, as {@link createTurnShortener} does conversations. */
export function createPromptShortener(
  optimizer: Pick<Optimizer, 'report'> & Compressor,
  settings: CompressionSettings,
): (outgoing: OutgoingPrompt) => Promise<LanguageModelV4CallOptions> {
  const shortenTurns = createTurnShortener(optimizer, settings);
  return async ({ params, model, kept, mayCompress, deadline }) => {
    const sent = await shortenTurns({
      turns: toTurns(params.prompt, kept),
      model,
      mayCompress: mayCompress && reasonToBypass(params) === undefined,
      deadline,
      signal: params.abortSignal,
    });
    const changed = new Map(
      sent.map(({ turn: { message }, texts }) => [message, withTexts(message, texts)]),
    );
    const prompt = params.prompt.map((message) => changed.get(message) ?? message);
    return { ...params, prompt };
  };
}

function toTurns(
  prompt: readonly LanguageModelV4Message[],
  kept: ReadonlySet<LanguageModelV4Message>,
): readonly PromptTurn[] {
  const rename = createRenaming();
  return prompt.map((message) => ({
    message,
    role: message.role === 'system' ? 'fixed' : message.role,
    identity: toIdentity(rename(message)),
    texts: findTexts(message),
    isKept: kept.has(message),
  }));
}

/**
 * Apps move the mark of the provider's prefix cache, an option, to their newest turn. Of a file the
 * length will do: nothing of it is changed.
 */
function toIdentity(message: object): string {
  return JSON.stringify(message, (name, value: unknown) => {
    if (name === 'providerOptions') return undefined;
    return value instanceof Uint8Array ? value.length : value;
  });
}

function findTexts(message: LanguageModelV4Message): readonly PlainText[] {
  const texts: PlainText[] = [];
  mapTexts(message, (text) => {
    texts.push({ text });
    return text;
  });
  return texts;
}

function withTexts(
  message: LanguageModelV4Message,
  texts: readonly string[],
): LanguageModelV4Message {
  const rest = texts.values();
  return mapTexts(message, (text) => rest.next().value ?? text);
}

type MapText = (text: string) => string;

/** The message with other texts, which are mapped in order: the user's and those of tools' results. */
function mapTexts(message: LanguageModelV4Message, map: MapText): LanguageModelV4Message {
  switch (message.role) {
    case 'user': {
      const content = message.content.map((part) =>
        part.type === 'text' ? { ...part, text: map(part.text) } : part,
      );
      return { ...message, content };
    }
    case 'tool': {
      const content = message.content.map((part) =>
        part.type === 'tool-result' ? { ...part, output: mapOutput(part.output, map) } : part,
      );
      return { ...message, content };
    }
    default:
      return message;
  }
}

function mapOutput(
  output: LanguageModelV4ToolResultOutput,
  map: MapText,
): LanguageModelV4ToolResultOutput {
  if (output.type === 'text') return { ...output, value: map(output.value) };
  if (output.type !== 'content') return output;
  const value = output.value.map((item) =>
    item.type === 'text' ? { ...item, text: map(item.text) } : item,
  );
  return { ...output, value };
}
