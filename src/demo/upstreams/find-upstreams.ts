import { hasLanguageModel, type LanguageModelFactory } from './language-model.js';
import { listModels } from './list-models.js';
import { LLM_MODEL, type UpstreamKind } from './upstream-kind.js';

export type UpstreamSources = {
  readonly fetch: typeof fetch;
  readonly languageModel: LanguageModelFactory | undefined;
};

export type FoundUpstreams = {
  /** What can be chosen, in order. */
  readonly offered: readonly UpstreamKind[];
  /** What to begin with: the language model, where the demo was started with it. */
  readonly upstream: UpstreamKind;
};

/** Finds what this page can be connected to. Never rejects. */
export async function findUpstreams({
  fetch,
  languageModel,
}: UpstreamSources): Promise<FoundUpstreams> {
  const [models, hasPromptApi] = await Promise.all([
    listModels(fetch, { baseUrl: '/v1', apiKey: '' }).catch((): readonly string[] => []),
    hasLanguageModel(languageModel),
  ]);
  const hasLlm = models.includes(LLM_MODEL);
  const offered: readonly (UpstreamKind | false)[] = [
    'faq',
    hasLlm && 'llm',
    hasPromptApi && 'prompt-api',
    'custom',
  ];
  return {
    offered: offered.filter((kind) => kind !== false),
    upstream: hasLlm ? 'llm' : 'faq',
  };
}
