import type { PromptMessage } from './language-model.js';
import { isRecord } from './is-record.js';

/** A chat completion request, as the Prompt API wants it. */
export type PromptApiRequest = {
  readonly model: string;
  /** System message and earlier turns. */
  readonly initialPrompts: readonly PromptMessage[];
  /** The newest user message. */
  readonly input: string;
  readonly stream: boolean;
  readonly includeUsage: boolean;
};

/**
 * Translates a chat completion request. Sampling settings are left out: pages cannot set them.
 *
 * @returns the request, or why it cannot be translated, for people
 */
export function toPromptApiRequest(body: unknown): PromptApiRequest | string {
  if (!isRecord(body) || !Array.isArray(body.messages)) return 'The body has no messages.';
  if (Array.isArray(body.tools) && body.tools.length > 0)
    return 'The Prompt API calls no tools here.';
  const turns: PromptMessage[] = [];
  for (const message of body.messages as readonly unknown[]) {
    const turn = toTurn(message);
    if (turn === undefined) return 'The Prompt API takes system, user and assistant texts here.';
    turns.push(turn);
  }
  const newest = turns.pop();
  if (newest?.role !== 'user') return 'The last message must be a user message.';
  if (turns.slice(1).some(({ role }) => role === 'system')) {
    return 'The Prompt API takes a system message at the beginning only.';
  }
  const streamOptions = isRecord(body.stream_options) ? body.stream_options : {};
  return {
    model: typeof body.model === 'string' ? body.model : '',
    initialPrompts: turns,
    input: newest.content,
    stream: body.stream === true,
    includeUsage: streamOptions.include_usage === true,
  };
}

function toTurn(message: unknown): PromptMessage | undefined {
  if (!isRecord(message)) return undefined;
  const role = message.role === 'developer' ? 'system' : message.role;
  if (role !== 'system' && role !== 'user' && role !== 'assistant') return undefined;
  const content = toText(message.content);
  return content === undefined ? undefined : { role, content };
}

/** Text, or parts that are all text; an image is none. */
function toText(content: unknown): string | undefined {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return undefined;
  const texts = content.map((part: unknown) =>
    isRecord(part) && part.type === 'text' && typeof part.text === 'string' ? part.text : undefined,
  );
  return texts.every((text) => text !== undefined) ? texts.join('\n') : undefined;
}
