import { ChatOpenAI } from '@langchain/openai';
import { createFakeOptimizer, type FakeOptimizerOptions } from '../client/fake-optimizer.js';
import { SkimpCache } from './langchain.js';

/** Of a chat model. */
export type Settings = ConstructorParameters<typeof ChatOpenAI>[0] & object;

/** A model of LangChain with skimp's cache, and a server of its own. */
export function createLangChainWorld(options: FakeOptimizerOptions = {}) {
  const root = `${location.origin}/test-upstream/${crypto.randomUUID()}`;
  const optimizer = createFakeOptimizer(options);
  let [time, ids] = [0, 0];
  const cache = new SkimpCache(optimizer, {
    now: () => (time += 100),
    createId: () => `skimp-${++ids}`,
  });
  const settings = {
    model: 'gpt-test',
    apiKey: 'sk-secret',
    cache,
    maxRetries: 0,
    configuration: { baseURL: `${root}/v1`, dangerouslyAllowBrowser: true },
  };
  const createModel = (change: Settings = {}) => new ChatOpenAI({ ...settings, ...change });
  const countCalls = async () => {
    const log: unknown[] = await (await fetch(`${root}/log`)).json();
    return log.length;
  };
  return {
    root,
    optimizer,
    cache,
    settings,
    createModel,
    model: createModel(),
    countCalls,
    types: () => optimizer.trace.map(({ type }) => type),
    skips: () =>
      optimizer.trace.flatMap((event) => (event.type === 'cache-skip' ? [event.reason] : [])),
  };
}
