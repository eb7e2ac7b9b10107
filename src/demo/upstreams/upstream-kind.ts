/** Where answers can come from. */
export type UpstreamKind = 'faq' | 'llm' | 'prompt-api' | 'custom';

/** What the page calls each of them. */
export const upstreamNames: Readonly<Record<UpstreamKind, string>> = {
  faq: 'Built-in FAQ server, not a language model',
  llm: 'SmolLM2-135M on this computer',
  'prompt-api': 'The model of this browser (Prompt API)',
  custom: 'A model of yours, OpenAI-compatible',
};

/** The local language model's name, by which its requests are told from the FAQ's. */
export const LLM_MODEL = 'smollm2-135m-instruct';
