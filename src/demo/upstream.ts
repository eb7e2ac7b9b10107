import type { DemoSettings } from './settings.js';
import { PROMPT_API_MODEL, PROMPT_API_URL } from './upstreams/upstream-fetch.js';
import { LLM_MODEL } from './upstreams/upstream-kind.js';

export type ChatMessage = { readonly role: 'user' | 'assistant'; readonly content: string };

/** What `fetch` is called with. */
export type UpstreamCall = { readonly url: string; readonly init: RequestInit };

/** Settings that no request can be made of. The message says what to type in. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** The words of an answer come fifty times as fast as its first one. */
const CHUNKS_PER_LATENCY = 50;

/**
 * Writes the request as an app would.
 *
 * @throws {SettingsError} when the base URL typed in is none, or no model is named.
 */
export function toUpstreamCall(
  settings: DemoSettings,
  messages: readonly ChatMessage[],
): UpstreamCall {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  let url = '/v1/chat/completions';
  let model = 'faq';
  if (settings.upstream === 'faq') {
    headers['x-faq-latency-ms'] = String(settings.faqLatencyMs);
    headers['x-faq-chunk-ms'] = String(Math.round(settings.faqLatencyMs / CHUNKS_PER_LATENCY));
  } else if (settings.upstream === 'llm') {
    model = LLM_MODEL;
  } else if (settings.upstream === 'prompt-api') {
    url = PROMPT_API_URL;
    model = PROMPT_API_MODEL;
  } else {
    url = `${toBaseUrl(settings.baseUrl)}/chat/completions`;
    model = settings.model.trim();
    if (model === '') throw new SettingsError('Type in the name of a model in the settings.');
    if (settings.apiKey !== '') headers.authorization = `Bearer ${settings.apiKey}`;
  }
  const body = { model, messages, stream: true, stream_options: { include_usage: true } };
  return { url, init: { method: 'POST', headers, body: JSON.stringify(body) } };
}

/** @throws {SettingsError} when the text is no base URL. */
export function toBaseUrl(text: string): string {
  const trimmed = text.trim().replace(/\/+$/, '');
  if (/^https?:\/\//.test(trimmed) && URL.canParse(trimmed)) return trimmed;
  throw new SettingsError('Type in a base URL in the settings, such as https://api.example.com/v1');
}
