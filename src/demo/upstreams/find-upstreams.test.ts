import { expect, test } from 'vitest';
import { findUpstreams } from './find-upstreams.js';
import { findLanguageModel, type LanguageModelFactory } from './language-model.js';
import { createTestLanguageModel } from './test-language-model.js';

function server(...ids: readonly string[]): typeof fetch {
  return async () => Response.json({ data: ids.map((id) => ({ id })) });
}

const failing: typeof fetch = () => Promise.reject(new TypeError('Failed to fetch'));

test('a demo that was started with the language model begins with it', async () => {
  const fetch = server('faq', 'smollm2-135m-instruct');
  expect(await findUpstreams({ fetch, languageModel: undefined })).toEqual({
    offered: ['faq', 'llm', 'custom'],
    upstream: 'llm',
  });
});

test('a page without its server still has the others', async () => {
  const found = await findUpstreams({ fetch: failing, languageModel: createTestLanguageModel() });
  expect(found).toEqual({ offered: ['faq', 'prompt-api', 'custom'], upstream: 'faq' });
});

const broken: LanguageModelFactory = {
  ...createTestLanguageModel(),
  availability: () => Promise.reject(new DOMException('not here', 'NotAllowedError')),
};

test.each([
  ['that the browser does not have', undefined],
  ['that is unavailable', createTestLanguageModel({ availability: 'unavailable' })],
  ['that cannot say whether it is there', broken],
])('a model %s is not offered', async (_name, languageModel) => {
  const found = await findUpstreams({ fetch: server('faq'), languageModel });
  expect(found.offered).toEqual(['faq', 'custom']);
});

test.each(['downloadable', 'downloading', 'available'] as const)(
  'a model that is %s is offered',
  async (availability) => {
    const languageModel = createTestLanguageModel({ availability });
    const found = await findUpstreams({ fetch: server('faq'), languageModel });
    expect(found.offered).toContain('prompt-api');
  },
);

test('a global of another kind is no language model', () => {
  expect(findLanguageModel({})).toBeUndefined();
  expect(findLanguageModel({ LanguageModel: 7 })).toBeUndefined();
  const LanguageModel = createTestLanguageModel();
  expect(findLanguageModel({ LanguageModel })).toBe(LanguageModel);
});
