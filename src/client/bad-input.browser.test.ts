import { beforeAll, describe, expect, test } from 'vitest';
import { createOptimizer } from './create-optimizer.js';
import type { Optimizer } from './optimizer.js';
import { answer, ask, lenient, patient, question } from './test-optimizer.js';

/** An optimizer for a whole block of tests, each of which has a scope of its own. */
function useOptimizer(options: Partial<typeof lenient>) {
  const world = {} as { optimizer: Optimizer }; // filled in before the first test
  beforeAll(async () => {
    world.optimizer = createOptimizer({
      scope: 'anna',
      databaseName: `test-${crypto.randomUUID()}`,
      ...patient,
      ...options,
    });
    await world.optimizer.loadModel();
    return () => world.optimizer.close();
  }, 60_000);
  return world;
}

function createAsk() {
  const scope = crypto.randomUUID();
  return (query: string) => ({ ...ask(query), scope });
}

describe('what has no meaning to compare, where all else that embeds alike is served', () => {
  const world = useOptimizer(lenient);

  test.each([
    ['nothing', '', 'no-words'],
    ['blanks', ' \n\t', 'no-words'],
    ['punctuation', '?!', 'no-words'],
    ['emoji', '🎉🎉🎉', 'no-words'],
    ['emoji among words', 'What does 🤷🏽 mean?', 'unreadable'],
    ['JSON', '{"city": "Paris", "population": 2100000}', 'structured'],
    ['code', '```js\nconst a = 1;\n```', 'code'],
    ['10,000 characters of prose', 'What is the capital of France? '.repeat(323), 'too-long'],
    ['10,000 characters of one kind', 'a'.repeat(10_000), 'encoded'],
  ])('%s', async (_what, text, detail) => {
    const { optimizer } = world;
    const askHere = createAsk();
    await optimizer.store(askHere(text), answer);
    await optimizer.store(askHere(question.query), answer);
    const other = `${text}${text}.`;
    expect(await optimizer.lookup(askHere(other))).toMatchObject({
      kind: 'miss',
      reason: 'unsuitable',
    });
    expect(await optimizer.lookup(askHere(`${text} `))).toMatchObject({ tier: 'exact' });
    expect(await optimizer.compare(text, question.query)).toEqual({
      guards: [],
      risk: 1,
      served: false,
      detail,
    });
  });

  test('two texts that fit the embedder and together pass the verifier by', async () => {
    const text = 'the quick brown fox jumps over the lazy dog and '.repeat(20);
    expect(await world.optimizer.compare(`${text} a`, `${text} the`)).toMatchObject({
      risk: 1,
      served: false,
      detail: 'too-long',
      similarity: expect.any(Number),
    });
  });
});

describe('other languages, with the calibration that is shipped', () => {
  const world = useOptimizer({});

  test.each([
    ['German', 'Wie hoch ist der Eiffelturm?', 'Wie backe ich Brot ohne Hefe?'],
    ['German, a word apart', 'Wie hoch ist der Eiffelturm?', 'Wie alt ist der Eiffelturm?'],
    ['English and German', 'How tall is the Eiffel tower?', 'Wie alt ist der Eiffelturm?'],
    ['French', 'Comment annuler ma commande ?', 'Comment payer ma commande ?'],
    ['Spanish', '¿Puedo tomar ibuprofeno con alcohol?', '¿Puedo viajar con mi perro?'],
    ['Russian', 'Как отменить заказ?', 'Как оплатить заказ?'],
    ['Japanese', '東京の人口は?', '大阪の人口は?'],
    ['Chinese', '如何取消订单?', '如何支付订单?'],
    ['Arabic', 'كيف ألغي طلبي؟', 'كيف أدفع طلبي؟'],
    ['Hindi', 'मैं ऑर्डर कैसे रद्द करूं?', 'मैं भुगतान कैसे करूं?'],
  ])('%s: another question is not answered by accident', async (_what, stored, asked) => {
    const { optimizer } = world;
    const askHere = createAsk();
    await optimizer.store(askHere(stored), answer);
    expect((await optimizer.lookup(askHere(asked))).kind).toBe('miss');
    expect(await optimizer.compare(stored, asked)).toMatchObject({ served: false });
  });
});
