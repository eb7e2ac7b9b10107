import { HumanMessage, SystemMessage } from '@langchain/core/messages';
import { ChatOpenAI } from '@langchain/openai';
import { describe, expect, test } from 'vitest';
import type { OptimizerOptions } from '../client/options.js';
import { lenient, open as openOptimizer } from '../client/test-optimizer.js';
import { SkimpCache } from './langchain.js';

// The real LangChain, the real worker, the real model and a real server.

function open(options: Partial<OptimizerOptions> = {}, baseURL = createUrl()) {
  const world = openOptimizer(options);
  const model = new ChatOpenAI({
    model: 'gpt-test',
    apiKey: 'sk-very-secret-key',
    cache: new SkimpCache(world.optimizer),
    maxRetries: 0,
    configuration: {
      baseURL,
      dangerouslyAllowBrowser: true,
      defaultHeaders: { 'x-tenant': 'very-secret-tenant' },
    },
  });
  const countCalls = async () => {
    const log: unknown[] = await (await fetch(new URL('log', baseURL))).json();
    return log.length;
  };
  return { ...world, model, baseURL, countCalls };
}

const createUrl = () => `${location.origin}/test-upstream/${crypto.randomUUID()}/v1`;
const spawn = () => new Worker(new URL('../worker/main.ts', import.meta.url), { type: 'module' });

describe('an app with LangChain', () => {
  test('asks two wordings and pays for one', async () => {
    const { optimizer, model, countCalls } = open(lenient);
    await optimizer.loadModel();
    const first = await model.invoke('What is the capital of France?');
    const again = await model.invoke('what is the capital of france');
    expect(again.text).toBe(first.text);
    expect(again.response_metadata).toHaveProperty('skimp.tier', 'semantic');
    expect(await countCalls()).toBe(1);
    expect(await optimizer.stats()).toMatchObject({
      semanticHits: 1,
      savedTokens: { prompt: 11, completion: 7 },
    });
  });

  test('gets another answer to another question, or under another system prompt', async () => {
    const { optimizer, model, countCalls } = open(lenient);
    await optimizer.loadModel();
    await model.invoke('What is the capital of France?');
    await model.invoke('What is the capital of Spain?');
    const inRhyme = [
      new SystemMessage('Rhyme.'),
      new HumanMessage('what is the capital of france'),
    ];
    await model.invoke(inRhyme);
    expect(await countCalls()).toBe(3);
  });

  test('shares nothing between two scopes of one database', async () => {
    const databaseName = `test-${crypto.randomUUID()}`;
    const anna = open({ databaseName });
    const ben = open({ databaseName, scope: 'ben' }, anna.baseURL);
    await anna.model.invoke('Who am I?');
    await ben.model.invoke('Who am I?');
    expect(await anna.countCalls()).toBe(2);
    await anna.model.invoke('Who am I?');
    expect(await anna.countCalls()).toBe(2);
  });

  test('can report a hit that was wrong', async () => {
    const { optimizer, model, countCalls } = open();
    await model.invoke('Who am I?');
    const { response_metadata: metadata } = await model.invoke('Who am I?');
    const { key } = metadata['skimp'] as { key: string }; // of a hit
    expect(await optimizer.reportWrongHit(key)).toBe(true);
    await model.invoke('Who am I?');
    expect(await countCalls()).toBe(2);
  });

  test('finds its API key and headers nowhere', async () => {
    const sent: unknown[] = [];
    const worker = () => {
      const spawned = spawn();
      const post = spawned.postMessage.bind(spawned) as (...message: unknown[]) => void; // both forms
      spawned.postMessage = (...message: unknown[]) => {
        sent.push(message[0]);
        post(...message);
      };
      return spawned;
    };
    const databaseName = `test-${crypto.randomUUID()}`;
    const { model, events } = open({ databaseName, worker });
    await model.invoke('Where is my key?');
    await model.invoke('Where is my key?');
    const stored = await readDatabase(databaseName);
    const [, digest = 'none'] = /"llmKey":"([\da-f]{64})"/.exec(JSON.stringify(sent)) ?? [];
    expect(JSON.stringify(sent)).toContain('Where is my key?');
    expect(JSON.stringify(sent)).toContain(digest);
    expect(stored).toContain('Where is my key?');
    expect(events.map(({ type }) => type)).toContain('cache-hit');
    for (const text of [JSON.stringify(sent), stored, JSON.stringify(events)]) {
      expect(text).not.toContain('very-secret');
    }
    expect(stored).not.toContain(digest); // it is no keyed hash
  });
});

/** All that a database holds, as JSON. */
async function readDatabase(name: string): Promise<string> {
  const db = await settle(indexedDB.open(name));
  const stores = [...db.objectStoreNames];
  const rows = stores.map(async (store) => {
    const all = db.transaction(store).objectStore(store);
    return [await settle(all.getAllKeys()), await settle(all.getAll())];
  });
  const text = JSON.stringify(await Promise.all(rows));
  db.close();
  return text;
}

function settle<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
}

describe('the call succeeds, and an event names the cause, when', () => {
  test('the worker is killed while it is asked', async () => {
    const workers: Worker[] = [];
    const worker = () => {
      const spawned = spawn();
      workers.push(spawned);
      return spawned;
    };
    const { optimizer, model, fallbacks } = open({ worker });
    await optimizer.status();
    const pending = model.invoke('Is anyone there?');
    workers[0]?.terminate();
    expect((await pending).text).toContain('Is anyone there?');
    expect(fallbacks()).toContain('worker-crashed');
  });

  test('the worker cannot start', async () => {
    const worker = () =>
      new Worker(new URL('../client/test-workers/broken.ts', import.meta.url), { type: 'module' });
    const { model, fallbacks } = open({ worker });
    expect((await model.invoke('Is anyone there?')).text).toContain('Is anyone there?');
    expect(fallbacks()).toContain('worker-crashed');
  });

  test('the worker is too late', async () => {
    const { model, fallbacks } = open({ deadlineMs: 1 });
    expect((await model.invoke('Are you late?')).text).toContain('Are you late?');
    expect(fallbacks()[0]).toBe('deadline-exceeded');
  });

  test('the optimizer is closed', async () => {
    const { optimizer, model, fallbacks } = open();
    optimizer.close();
    expect((await model.invoke('Still open?')).text).toContain('Still open?');
    expect(fallbacks()).toContain('optimizer-closed');
  });
});
