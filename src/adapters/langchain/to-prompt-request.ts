import type { PromptRequest } from '../../shared/prompt-request.js';
import { toHex } from '../../shared/to-hex.js';
import type { Reason } from '../wire/wire-format.js';

/** How LangChain begins a message in a prompt: its own roles, and those that apps give. */
const roleMark = /^(human|user|ai|assistant|model|system|developer|tool|function): /gim;
/** A message's `name` stands before its text, and cannot be told from it. */
const nameMark = /^[\w.-]{1,64}, /;
/**
 * What stands for a part of a message that is no text, `[image]` or `[document]`: two images have
 * the same prompt.
 */
const placeholder = /\[[a-z][\w-]{3,}(?: file)?\]/;
/** Tools that were not turned into JSON: in `llmKey` they all look the same. */
const unreadableTool = '"type":"not_implemented"';
/** Call options by which an answer depends on more than the call, or is more than a text. */
const optionToBypass =
  /(?:^|,)(previous_response_id|conversation|background|web_search_options|prediction|logprobs|top_logprobs):(?!null|false)/;

/**
 * The request behind what LangChain gives to a cache, or why it is none for skimp.
 *
 * @param prompt - A chat as `Role: text` lines, or what a completion model was given.
 * @param llmKey - The model's settings with the API key in clear; goes no further than its digest.
 */
export async function toPromptRequest(
  prompt: string,
  llmKey: string,
): Promise<PromptRequest | Reason> {
  if (placeholder.test(prompt)) return 'the prompt may hold an image or a file';
  if (llmKey.includes(unreadableTool)) return 'the tools cannot be told apart';
  const [, option] = optionToBypass.exec(llmKey) ?? [];
  if (option !== undefined) return `the request has ${option}`;
  const [context, query] = splitPrompt(prompt);
  // The model is one of the settings.
  return { query, model: '', context, params: { llmKey: await toDigest(llmKey) } };
}

/**
 * Parts the newest human message from all before it. Where another role comes last, or may do so,
 * the query is empty: it has no meaning to compare, and only exact repeats are answered.
 *
 * @returns two texts that join to the prompt.
 */
export function splitPrompt(prompt: string): readonly [context: string, query: string] {
  const mark = [...prompt.matchAll(roleMark)].at(-1);
  if (mark === undefined) return ['', prompt];
  const [text, role] = mark;
  if (role !== 'Human') return [prompt, ''];
  const start = mark.index + text.length;
  const [name = ''] = nameMark.exec(prompt.slice(start)) ?? [];
  const end = start + name.length;
  return [prompt.slice(0, end), prompt.slice(end)];
}

async function toDigest(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return toHex(new Uint8Array(digest));
}
