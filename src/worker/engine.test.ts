import { readFileSync } from 'node:fs';
import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import type { TraceDetail } from '../shared/trace.js';
import { createEngine } from './engine.js';
import { createShippedModels } from './shipped-models.js';
import { createTestSettings } from './test-settings.js';

const shipped = new URL('../../public/models/skimp-same-response/manifest.json', import.meta.url);
type Fields = Record<string, unknown>;

afterEach(() => vi.unstubAllGlobals());

/** An engine whose model folder has this manifest, and nothing else. */
function openEngine(manifest: unknown) {
  vi.stubGlobal('fetch', async (url: string) =>
    url.endsWith('manifest.json') ? Response.json(manifest) : new Response('', { status: 404 }),
  );
  const events: TraceDetail[] = [];
  const engine = createEngine({
    settings: createTestSettings(),
    report: (event) => events.push(event),
    now: Date.now,
    gpu: undefined,
    createSource: createShippedModels,
    abandon: () => {},
  });
  return { engine, events };
}

const request = { query: 'How do I return a tent?', model: 'm', context: [], params: {} };
const answer = { text: 'By post.', model: 'm' };
const later = () => Date.now() + 60_000;

test.each(['modelSha256', 'verifierSha256'])(
  'a calibration of another model (%s) leaves the exact tier, and an event says why',
  async (field) => {
    const manifest = JSON.parse(readFileSync(shipped, 'utf8')) as Fields; // our own file
    const calibration = { ...(manifest['calibration'] as Fields), [field]: '0'.repeat(64) };
    const { engine, events } = openEngine({ ...manifest, calibration });
    expect(await engine.loadModel()).toMatchObject({
      semantic: 'unavailable',
      code: 'model-load-failed',
      reason: expect.stringContaining(`fitted with another model (${field})`),
    });
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'fallback', code: 'model-load-failed' }),
    );
    await engine.store(request, answer);
    expect(await engine.lookup(request, later())).toMatchObject({ kind: 'hit', tier: 'exact' });
    const other = { ...request, query: 'How can I return a tent?' };
    expect(await engine.lookup(other, later())).toMatchObject({
      kind: 'miss',
      reason: 'not-ready',
      detail: 'unavailable',
    });
  },
);

test('without a model two prompts cannot be compared, and equal ones need none', async () => {
  const { engine } = openEngine({});
  await engine.loadModel();
  expect(await engine.compare('a tent', 'a tent')).toMatchObject({ risk: 0, served: true });
  expect(await engine.compare('a tent', 'a bear')).toEqual({
    guards: [],
    risk: 1,
    served: false,
    detail: 'unavailable',
  });
});

test('a wrong report on an exact hit removes the entry and moves no threshold', async () => {
  const { engine, events } = openEngine({});
  const stored = await engine.store(request, answer);
  await engine.lookup(request, later());
  const key = stored.stored ? stored.key : '';
  expect(await engine.reportGoodHit(key)).toBe(false);
  expect(await engine.reportWrongHit(key)).toBe(true);
  expect((await engine.lookup(request, later())).kind).toBe('miss');
  expect(events.map(({ type }) => type)).not.toContain('threshold-change');
});
