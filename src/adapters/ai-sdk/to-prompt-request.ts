import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Message,
  LanguageModelV4Prompt,
} from '@ai-sdk/provider';
import type { Json, PromptRequest } from '../../shared/prompt-request.js';
import { toHex } from '../../shared/to-hex.js';
import type { Reason } from '../wire/wire-format.js';

/** Longest prompt that is looked up, in characters of its JSON. */
const MAX_LENGTH = 2_000_000;

/** Settings that say how to answer, and not what the answer is; the prompt has its own place. */
const settingsNotInKey: ReadonlySet<string> = new Set([
  'prompt',
  'abortSignal',
  'headers',
  'includeRawChunks',
  'providerOptions',
]);

/** These say nothing where there are no tools; `generateText` sends one, `generateObject` does not. */
const toolSettings: ReadonlySet<string> = new Set(['tools', 'toolChoice']);

/** Options of providers that are not in the key either; in lower case, without underscores. */
const optionsNotInKey: ReadonlySet<string> = new Set([
  'user',
  'safetyidentifier',
  'metadata',
  'store',
  'servicetier',
  'promptcachekey',
  'promptcacheoptions',
  'promptcacheretention',
]);

/** Options of providers whose answer depends on more than the prompt, or is more than one text. */
const optionsToBypass: ReadonlySet<string> = new Set([
  'previousresponseid',
  'conversation',
  'background',
  'websearchoptions',
  'searchparameters', // xAI's web search
  'usesearchgrounding',
  'plugins', // OpenRouter's
  'enablesearch', // Alibaba's
  'mcpservers',
  'container',
  'prediction',
  'logprobs',
  'toplogprobs',
  'audio',
]);

/** A model that is asked, and where. */
export type AskedModel = Pick<LanguageModelV4, 'provider' | 'modelId'> & {
  readonly endpoint: string;
};

/** What a call to a language model asks, or why it is none for the cache. */
export function toPromptRequest(
  params: LanguageModelV4CallOptions,
  { provider, modelId, endpoint }: AskedModel,
): PromptRequest | Reason {
  const reason = reasonToBypass(params);
  if (reason !== undefined) return reason;
  const { prompt } = params;
  const newest = prompt.at(-1);
  const query = newest && toText(newest);
  if (query === undefined) return "the last turn is not the user's, or not plain text";
  if (hasLongFile(prompt)) return 'the prompt is too long';
  const { context, settings, turn } = toPlain({
    context: prompt.slice(0, -1).map(createRenaming()),
    settings: toSettings(params),
    turn: toTurnOptions(newest),
  });
  if (context === undefined) return 'the prompt is too long';
  return { query, model: modelId, context, params: { provider, endpoint, settings, turn } };
}

/** Why a call is none for skimp: its answer is more than one text, or depends on more than it. */
export function reasonToBypass(params: LanguageModelV4CallOptions): Reason | undefined {
  const { includeRawChunks, tools = [], providerOptions = {} } = params;
  if (includeRawChunks === true) return 'raw chunks are wanted';
  if (tools.some(({ type }) => type !== 'function')) return 'hosted tools';
  const wanted = Object.values(providerOptions).flatMap((options) =>
    Object.keys(options).filter((name) => Boolean(options[name])),
  );
  const name = wanted.find((option) => optionsToBypass.has(toBareName(option)));
  return name === undefined ? undefined : `the call has ${name}`;
}

/**
 * Makes what takes from a message all that differs from one telling to the next: in an answer the
 * reasoning and the provider's names for its parts; and it numbers the calls of tools, in order.
 */
export function createRenaming(): (message: LanguageModelV4Message) => object {
  const numbers = new Map<string, number>();
  const toNumber = (id: string) => {
    const number = numbers.get(id) ?? numbers.size;
    numbers.set(id, number);
    return number;
  };
  const rename = (part: object) => ({
    ...part,
    ...('toolCallId' in part && { toolCallId: toNumber(String(part.toolCallId)) }),
    ...('approvalId' in part && { approvalId: toNumber(String(part.approvalId)) }),
  });
  return (message) => {
    if (message.role === 'system') return message;
    if (message.role !== 'assistant') return { ...message, content: message.content.map(rename) };
    const said = message.content.filter(({ type }) => type !== 'reasoning');
    const content = said.map(({ providerOptions: _options, ...part }) => rename(part));
    return { ...message, content };
  };
}

function toText(message: LanguageModelV4Message): string | undefined {
  if (message.role !== 'user') return undefined;
  const texts = message.content.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  return texts.length === message.content.length ? texts.join('\n') : undefined;
}

/** What the newest turn says to the provider beside its text. */
function toTurnOptions(message: LanguageModelV4Message | undefined): object {
  const parts = message?.role === 'user' ? message.content : [];
  return [message, ...parts].flatMap((it) => it?.providerOptions ?? []);
}

function toSettings(params: LanguageModelV4CallOptions): object {
  const hasTools = params.tools !== undefined && params.tools.length > 0;
  const settings = Object.entries(params).filter(
    ([name]) => !settingsNotInKey.has(name) && (hasTools || !toolSettings.has(name)),
  );
  const providers = Object.entries(params.providerOptions ?? {}).map(([provider, options]) => {
    const isInKey = ([name]: [string, unknown]) => !optionsNotInKey.has(toBareName(name));
    return [provider, Object.fromEntries(Object.entries(options).filter(isInKey))] as const;
  });
  return { ...Object.fromEntries(settings), providers: Object.fromEntries(providers) };
}

function toBareName(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

function hasLongFile(prompt: LanguageModelV4Prompt): boolean {
  return prompt.some(
    ({ role, content }) =>
      role !== 'system' &&
      content.some(
        (part) =>
          part.type === 'file' &&
          part.data.type === 'data' &&
          part.data.data.length > MAX_LENGTH / 2,
      ),
  );
}

type Fields = { readonly context: object; readonly settings: object; readonly turn: object };

/** As JSON, which is what keys are made of: dates and URLs as texts, bytes as hex digits. */
function toPlain(fields: Fields): { context?: Json; settings?: Json; turn?: Json } {
  const json = JSON.stringify(fields, (_name, value: unknown) =>
    value instanceof Uint8Array ? toHex(value) : value,
  );
  return json.length > MAX_LENGTH ? {} : JSON.parse(json);
}
