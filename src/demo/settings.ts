import type { Prices } from './savings.js';
import { type UpstreamKind, upstreamNames } from './upstreams/upstream-kind.js';

/** What can be set on the page. Nothing of it is stored: the key lives in memory only. */
export type DemoSettings = {
  readonly upstream: UpstreamKind;
  /** What `upstream` can be on this page; found when it opens, not set. */
  readonly offered: readonly UpstreamKind[];
  /** Share of the browser's own model that is there, 0 to 1, while it is downloaded. */
  readonly promptApiDownload?: number | undefined;
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
  offered: ['faq', 'custom'],
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

/** Who answers, for people. */
export function toUpstreamLabel({ upstream, model }: DemoSettings): string {
  return upstream === 'custom' && model !== '' ? model : upstreamNames[upstream];
}
