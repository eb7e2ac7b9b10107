import { expect, test } from 'vitest';
import { createFakeOptimizer } from '../../client/fake-optimizer.js';
import type { Optimizer } from '../../client/optimizer.js';
import { DEMO_SCOPE, createSkimpHost } from '../skimp-host.js';
import { createInspectorSession, describeImport, PAGE_SIZE } from './inspector-session.js';

async function createWorld(createOptimizer?: () => Optimizer) {
  let clock = 0;
  const now = () => (clock += 1);
  const optimizer = createFakeOptimizer({ now });
  const host = createSkimpHost({
    createOptimizer: createOptimizer ?? (() => optimizer),
    readManifest: async () => undefined,
    maxErrorRate: 0.01,
    asksFirst: false,
    isClear: Promise.resolve(),
    now,
  });
  const said: string[] = [];
  const saved: { file: Blob; name: string }[] = [];
  const session = createInspectorSession({
    host,
    announce: (text) => said.push(text),
    settle: async () => {},
    save: (file, name) => saved.push({ file, name }),
    now: () => Date.UTC(2026, 10, 21),
  });
  await host.started;
  const store = (query: string, scope = DEMO_SCOPE) =>
    optimizer.store(
      { query, model: 'm', context: [], params: {}, scope },
      { text: `answer to ${query}`, model: 'm' },
    );
  const prompts = () => session.state.get().entries.map(({ prompt }) => prompt);
  /** Resolves when the state is as `isDone` says. */
  const until = (isDone: () => boolean) =>
    new Promise<void>((resolve) => {
      const check = () => isDone() && resolve();
      session.state.subscribe(check);
      check();
    });
  return { session, host, optimizer, store, prompts, said, saved, until };
}

test('what is stored is listed, and followed as it changes', async () => {
  const { session, store, prompts, until } = await createWorld();
  await store('one');
  const stop = session.watch();
  await until(() => session.state.get().isLoaded);
  expect(prompts()).toEqual(['one']);
  await store('two');
  await until(() => prompts().length === 2);
  expect(prompts()).toEqual(['two', 'one']);
  stop();
  await store('three');
  await session.refresh();
  expect(prompts()).toHaveLength(3);
});

test('nothing is read again once it is not watched', async () => {
  const { session, store, prompts, until } = await createWorld();
  const stop = session.watch();
  await until(() => session.state.get().isLoaded);
  stop();
  await store('one');
  await new Promise((resolve) => setTimeout(resolve));
  expect(prompts()).toEqual([]);
});

test('a page is shown at a time, and stays shown when the list is read again', async () => {
  const { session, store, said } = await createWorld();
  for (let i = 0; i < PAGE_SIZE + 3; i += 1) await store(`question ${i}`);
  await session.refresh();
  expect(session.state.get()).toMatchObject({ hasMore: true });
  expect(session.state.get().entries).toHaveLength(PAGE_SIZE);
  await session.more();
  expect(session.state.get().entries).toHaveLength(PAGE_SIZE + 3);
  expect(said).toEqual([`${PAGE_SIZE + 3} answers shown`]);
  await store('one more');
  await session.refresh();
  expect(session.state.get()).toMatchObject({ hasMore: false });
  expect(session.state.get().entries).toHaveLength(PAGE_SIZE + 4);
});

test('one is dropped, and the result is shown and said', async () => {
  const { session, store, prompts, said } = await createWorld();
  await store('one');
  await store('two');
  await session.refresh();
  const [newest] = session.state.get().entries;
  await session.remove(newest?.key ?? '');
  expect(prompts()).toEqual(['one']);
  expect(session.state.get().message).toEqual({ text: 'One answer removed.', isFailed: false });
  await session.remove(newest?.key ?? '');
  expect(said).toEqual(['One answer removed.', 'That answer was gone already.']);
});

test('the scope is cleared, or everything', async () => {
  const { session, store, prompts, said } = await createWorld();
  await store('one');
  await store('two', 'another');
  await session.clear('demo');
  expect(prompts()).toEqual(['two']);
  await session.clear('all');
  expect(prompts()).toEqual([]);
  expect(said).toEqual(['1 answer removed.', '1 answer removed.']);
});

test('what was exported and cleared comes back by an import', async () => {
  const { session, store, prompts, saved, said } = await createWorld();
  await store('one');
  await session.exportEntries(false);
  expect(saved).toMatchObject([{ name: 'skimp-2026-11-21.jsonl' }]);
  expect(said.at(-1)).toMatch(/^Exported, \d+ B\.$/);
  await session.clear('all');
  await session.importEntries(saved[0]?.file ?? new Blob());
  expect(prompts()).toEqual(['one']);
  expect(session.state.get()).toMatchObject({ task: undefined });
  expect(said.at(-1)).toBe('1 answer imported.');
});

test('a file that is refused is told, and the list stays', async () => {
  const { session, store, prompts } = await createWorld();
  await store('one');
  await session.importEntries(new Blob(['Dear cache']));
  expect(session.state.get().message).toEqual({
    text: 'Refused: the file is no export of a fake optimizer.',
    isFailed: true,
  });
  expect(prompts()).toEqual(['one']);
});

test('an import can be cancelled, and no other runs beside it', async () => {
  const { session, optimizer, said } = await createWorld();
  let runs = 0;
  optimizer.importEntries = (_file, { signal } = {}) => {
    runs += 1;
    return new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
    });
  };
  const importing = session.importEntries(new Blob(['a']));
  await session.importEntries(new Blob(['b']));
  await Promise.resolve();
  expect(session.state.get().task).toBe('import');
  session.cancel();
  await importing;
  expect(runs).toBe(1);
  expect(said).toEqual(['Cancelled. What was imported by then stays.']);
  expect(session.state.get().task).toBeUndefined();
});

test('a list that cannot be read says why, and is read again on request', async () => {
  const { session, optimizer, store, prompts } = await createWorld();
  await store('one');
  const { entries } = optimizer;
  optimizer.entries = () => Promise.reject(new Error('no disk'));
  await session.refresh();
  expect(session.state.get()).toMatchObject({ error: 'no disk', isLoaded: false });
  optimizer.entries = entries;
  await session.refresh();
  expect(session.state.get().error).toBeUndefined();
  expect(prompts()).toEqual(['one']);
});

test('without a skimp that runs, the inspector says so', async () => {
  const { session, said } = await createWorld(() => {
    throw new Error('no workers here');
  });
  await session.refresh();
  expect(session.state.get().error).toContain('skimp is not running');
  await session.clear('all');
  expect(said).toEqual(['skimp is not running: the event log says why.']);
});

test('an import tells why lines were skipped, and what is not is not told', () => {
  const reasons = { malformed: 1, altered: 0, expired: 0, known: 2, 'too-large': 0 };
  expect(describeImport({ imported: 1, skipped: 3, reasons })).toBe(
    '1 answer imported; 3 skipped: 1 not readable, 2 here already.',
  );
});
