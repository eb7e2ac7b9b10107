import { expect, test } from 'vitest';
import { resolveCompression, type RequestCompression } from './compress-options.js';

test('compression is off, or has its defaults', () => {
  expect(resolveCompression(false)).toBeUndefined();
  const defaults = { budget: { keepRatio: 0.5 }, minTokens: 256, deadlineMs: 3000 };
  expect(resolveCompression({})).toEqual(defaults);
  expect(resolveCompression({ maxPromptTokens: 900, minTokens: 1 })).toEqual({
    ...defaults,
    budget: { maxPromptTokens: 900 },
    minTokens: 1,
  });
  expect(resolveCompression({ keepRatio: 1, deadlineMs: 50, storage: null })).toEqual({
    ...defaults,
    budget: { keepRatio: 1 },
    deadlineMs: 50,
    storage: null,
  });
});

test.for([
  [{ keepRatio: 0 }, 'keepRatio must be a number above 0 and up to 1, got 0'],
  [{ keepRatio: Number.NaN }, 'got NaN'],
  [{ keepRatio: '0.5' }, "got '0.5'"],
  [{ maxPromptTokens: 1.5 }, 'maxPromptTokens must be an integer'],
  [{ minTokens: 0 }, 'minTokens must'],
  [{ deadlineMs: -1 }, 'deadlineMs must'],
  [{ storage: 'localStorage' }, 'storage must be an object'],
  [{ keepRatio: 0.5, maxPromptTokens: 5 }, 'not both'],
  [{ ratio: 0.5 }, 'unknown option ratio'],
  [true, 'must be false or an object'],
  [null, 'must be false or an object'],
] as const)('%j is refused at once', ([compression, message]) => {
  const wrong = compression as RequestCompression; // what the types refuse, an app may still pass
  expect(() => resolveCompression(wrong)).toThrow(message);
  expect(() => resolveCompression(wrong)).toThrow(
    expect.objectContaining({ code: 'invalid-option' }),
  );
});
