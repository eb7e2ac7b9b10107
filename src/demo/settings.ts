import type { Prices } from './savings.js';

/** What can be set on the page. Nothing of it is stored: the key lives in memory only. */
export type DemoSettings = {
  readonly upstream: 'faq' | 'custom';
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly model: string;
  /** Time to the first word of the built-in FAQ server, 0 to 3000. */
  readonly faqLatencyMs: number;
  readonly prices: Prices;
  readonly maxErrorRate: number;
  /** Off: requests go out by the page's own `fetch`. */
  readonly isSkimpOn: boolean;
  /** Off: each question is a conversation of its own. */
  readonly keepsConversation: boolean;
};

export const defaultSettings: DemoSettings = {
  upstream: 'faq',
  baseUrl: '',
  apiKey: '',
  model: '',
  faqLatencyMs: 800,
  prices: { inputPerMillion: 2.5, outputPerMillion: 10 },
  // More than the library's default: a demo is to show other wordings.
  maxErrorRate: 0.05,
  isSkimpOn: true,
  keepsConversation: false,
};

export const faqLabel = 'Built-in FAQ server, not a language model';
