import type {
  LanguageModelV4CallOptions,
  LanguageModelV4Message,
  LanguageModelV4TextPart,
} from '@ai-sdk/provider';
import { expect, test } from 'vitest';
import { assertWish, takeWish } from './take-wish.js';

const content: LanguageModelV4TextPart[] = [{ type: 'text', text: 'x' }];
const message: LanguageModelV4Message = { role: 'user', content };

test('a call without wishes is the same call', () => {
  const params: LanguageModelV4CallOptions = {
    prompt: [message],
    providerOptions: { openai: { user: 'u' } },
  };
  const taken = takeWish(params);
  expect(taken.params).toEqual(params);
  expect(taken.params.prompt[0]).toBe(message);
  expect([taken.wish, taken.kept.size]).toEqual([{}, 0]);
});

test('what is for skimp is taken out, of the call and of its messages', () => {
  const skimp = { compress: false };
  const marked = { ...message, providerOptions: { skimp, anthropic: { cacheControl: {} } } };
  const { params, wish, kept } = takeWish({
    prompt: [message, marked, { ...message, providerOptions: { skimp: { compress: true } } }],
    providerOptions: { skimp: { cache: 'refresh' }, openai: { user: 'u' } },
  });
  expect(wish).toEqual({ cache: 'refresh' });
  expect(params.providerOptions).toEqual({ openai: { user: 'u' } });
  expect(params.prompt.map(({ providerOptions }) => providerOptions)).toEqual([
    undefined,
    { anthropic: { cacheControl: {} } },
    {},
  ]);
  expect(params.prompt.map((it) => kept.has(it))).toEqual([false, true, false]);
  expect(marked.providerOptions.skimp).toBe(skimp);
});

test.for([{ cache: 'no-cache' }, { compress: 'no' }, { ttl: 5 }])('%j is refused', (wish) => {
  expect(() => assertWish(wish)).toThrow(expect.objectContaining({ code: 'invalid-option' }));
});
