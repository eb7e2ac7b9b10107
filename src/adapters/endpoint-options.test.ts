import { expect, test } from 'vitest';
import { resolveEndpoints } from './endpoint-options.js';
import type { Endpoints } from './wire/endpoints.js';

test('endpoints are copied: what the app changes later is no option', () => {
  const given: Record<string, 'openai-chat' | false> = { '/ask': 'openai-chat', '/log': false };
  const resolved = resolveEndpoints(given);
  given['/ask'] = false;
  expect(resolved).toEqual({ '/ask': 'openai-chat', '/log': false });
});

test.for([[{ '/ask': 'openai' }], [{ '/ask': true }], [null], ['/ask']] as const)(
  '%j is refused',
  ([endpoints]) => {
    const given = endpoints as unknown as Endpoints;
    expect(() => resolveEndpoints(given)).toThrow(/^endpoints/);
  },
);
