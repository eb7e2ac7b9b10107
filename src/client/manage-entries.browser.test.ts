import { describe, expect, test } from 'vitest';
import { answer, ask, lenient, open, question, rephrased } from './test-optimizer.js';
import type { EntriesOptions, ExportOptions } from './optimizer.js';

describe('the list of entries', () => {
  test('has what is stored, newest first, page by page, of each scope or one', async () => {
    const { optimizer } = open();
    await optimizer.store(question, answer);
    await optimizer.lookup(question);
    await optimizer.store({ ...question, scope: 'ben' }, { ...answer, text: 'Lyon.' });
    const first = await optimizer.entries({ limit: 1 });
    expect(first.entries).toMatchObject([{ answer: 'Lyon.', isOwnScope: false }]);
    const second = await optimizer.entries({ limit: 1, after: first.next ?? '' });
    expect(second).toEqual({
      entries: [
        {
          key: (await optimizer.lookup(question)).key,
          isOwnScope: true,
          scopeLabel: expect.stringMatching(/^[0-9a-f]{8}$/),
          prompt: question.query,
          answer: answer.text,
          answerLength: 6,
          model: answer.model,
          usage: answer.usage,
          latencyMs: answer.latencyMs,
          storedAt: expect.any(Number),
          expiresAt: expect.any(Number),
          hits: 1,
          bytes: expect.any(Number),
          hasVector: false,
        },
      ],
    });
    const [ofBen] = (await optimizer.entries({ scope: 'ben', maxAnswerLength: 2 })).entries;
    expect(ofBen).toMatchObject({ answer: 'Ly', answerLength: 5 });
    const [own] = second.entries;
    expect(Number(own?.expiresAt) - Number(own?.storedAt)).toBe(604_800_000);
  });

  test.each<[string, unknown]>([
    ['limit', { limit: 0 }],
    ['limit', { limit: 1.5 }],
    ['after', { after: 'page 2' }],
    ['maxAnswerLength', { maxAnswerLength: -1 }],
    ['scope', { scope: '' }],
    ['offset', { offset: 3 }],
  ])('refuses a wrong %s', async (name, options) => {
    const { optimizer, events } = open();
    await expect(optimizer.entries(options as EntriesOptions)).rejects.toMatchObject({
      code: 'invalid-option',
      message: expect.stringContaining(name),
    });
    expect(events).toEqual([]);
  });

  test('rejects when it cannot be had, and says so in an event', async () => {
    const { optimizer, fallbacks } = open({
      worker: () => new Worker(new URL('./test-workers/broken.ts', import.meta.url)),
    });
    await expect(optimizer.entries()).rejects.toMatchObject({ code: 'worker-crashed' });
    expect(fallbacks()).toContain('worker-crashed');
  });
});

describe('removing an entry', () => {
  test('is told, and leaves the threshold and the other entries', async () => {
    const { optimizer, events } = open(lenient);
    await optimizer.loadModel();
    await optimizer.store(question, answer);
    await optimizer.store(ask('Something else?'), answer);
    const { key = '' } = await optimizer.lookup(rephrased);
    const { threshold } = await optimizer.status();
    expect(await optimizer.remove(key)).toBe(true);
    expect(events.at(-1)).toMatchObject({ type: 'cache-remove', key });
    expect((await optimizer.lookup(rephrased)).kind).toBe('miss');
    expect((await optimizer.status()).threshold).toEqual(threshold);
    expect((await optimizer.stats()).entries).toBe(1);
    expect(await optimizer.remove(key)).toBe(false);
    expect(events.filter(({ type }) => type === 'cache-remove')).toHaveLength(1);
  });

  test('reaches the index of another tab', async () => {
    const databaseName = `test-${crypto.randomUUID()}`;
    const [here, there] = [open({ databaseName, ...lenient }), open({ databaseName, ...lenient })];
    await Promise.all([here.optimizer.loadModel(), there.optimizer.loadModel()]);
    const { key } = { key: '', ...(await here.optimizer.store(question, answer)) };
    await expect.poll(async () => (await there.optimizer.lookup(rephrased)).kind).toBe('hit');
    await here.optimizer.remove(key);
    await expect.poll(async () => (await there.optimizer.lookup(rephrased)).kind).toBe('miss');
  });
});

describe('export and import', () => {
  test('bring back what was cleared, and other wordings reach it again', async () => {
    const { optimizer, events } = open(lenient);
    await optimizer.loadModel();
    await optimizer.store(question, answer);
    const file = await optimizer.exportEntries();
    await optimizer.clear();
    expect((await optimizer.lookup(rephrased)).kind).toBe('miss');
    expect(await optimizer.importEntries(file)).toMatchObject({ imported: 1, skipped: 0 });
    expect(events.findLast(({ type }) => type === 'cache-import')).toMatchObject({ imported: 1 });
    expect(await optimizer.lookup(question)).toMatchObject({ tier: 'exact', response: answer });
    await expect.poll(async () => (await optimizer.lookup(rephrased)).kind).toBe('hit');
    expect((await optimizer.entries()).entries).toMatchObject([{ hasVector: true }]);
  });

  test('refuse a file of another database, without a word of falling back', async () => {
    const [here, there] = [open(), open()];
    await here.optimizer.store(question, answer);
    const file = await here.optimizer.exportEntries();
    await expect(there.optimizer.importEntries(file)).rejects.toMatchObject({
      code: 'transfer-refused',
      message: expect.stringContaining('another database'),
    });
    expect(there.fallbacks()).toEqual([]);
  });

  test('move a portable file into an empty database, and its other tabs follow', async () => {
    const [here, there] = [open(), open()];
    const { databaseName } = { databaseName: `test-${crypto.randomUUID()}` };
    const [first, second] = [open({ databaseName }), open({ databaseName })];
    await here.optimizer.store(question, answer);
    const file = await here.optimizer.exportEntries({ portable: true });
    await second.optimizer.lookup(question);
    await first.optimizer.importEntries(file);
    expect(await first.optimizer.lookup(question)).toMatchObject({ response: answer });
    await expect.poll(async () => (await second.optimizer.lookup(question)).kind).toBe('hit');
    await there.optimizer.store(question, answer);
    await expect(there.optimizer.importEntries(file)).rejects.toThrow('clear()');
  });

  test('end with the reason of their signal, and the worker serves on', async () => {
    const { optimizer, events } = open();
    await optimizer.store(question, answer);
    const reason = new Error('enough');
    const signal = AbortSignal.abort(reason);
    await expect(optimizer.exportEntries({ signal })).rejects.toBe(reason);
    const file = await optimizer.exportEntries();
    const controller = new AbortController();
    const importing = optimizer.importEntries(file, { signal: controller.signal });
    controller.abort(reason);
    await expect(importing).rejects.toBe(reason);
    expect((await optimizer.lookup(question)).kind).toBe('hit');
    expect(events.filter(({ type }) => type === 'fallback')).toEqual([]);
  });

  test('refuse what is no file and what is no option', async () => {
    const { optimizer } = open();
    const text = 'entries' as unknown as Blob; // as an app without types would
    await expect(optimizer.importEntries(text)).rejects.toMatchObject({ code: 'invalid-option' });
    const options = { portable: 'yes' } as unknown as ExportOptions; // likewise
    await expect(optimizer.exportEntries(options)).rejects.toMatchObject({
      code: 'invalid-option',
    });
  });
});
