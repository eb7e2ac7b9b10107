import { faqUpstreamPlugin } from '../faq-upstream/vite-plugin.mjs';
import { startLanguageModel } from './language-model-process.mjs';

/**
 * What Vite's servers need to offer the local language model beside the FAQ. Where it cannot be had,
 * the reason is told, and the demo goes on without.
 *
 * @param {boolean} isWanted
 * @returns {Promise<import('vite').Plugin[]>}
 */
export async function localModelPlugins(isWanted) {
  if (!isWanted) return [];
  try {
    return [faqUpstreamPlugin({ localModel: await startLanguageModel() })];
  } catch (error) {
    console.error(`llm: ${error instanceof Error ? error.message : error}`);
    console.error('llm: the demo goes on without the language model');
    return [];
  }
}
