import { describe, expect, test } from 'vitest';
import { withoutHeaders } from './fetch-arguments.js';

const url = 'https://api.example/v1/chat/completions';
const strip = (...args: Parameters<typeof fetch>) => withoutHeaders(args, ['x-skimp-compress']);

describe('a header is dropped, and no other', () => {
  test.for([
    ['an object', { 'X-Skimp-Compress': 'off', 'X-App': '1' }, { 'X-App': '1' }],
    [
      'pairs',
      [
        ['x-skimp-compress', 'off'],
        ['X-App', '1'],
      ],
      [['X-App', '1']],
    ],
  ] as const)('from %s, which stays one', ([, headers, rest]) => {
    const [, init] = strip(url, { method: 'POST', body: 'x', headers: headers as HeadersInit });
    expect(init).toEqual({ method: 'POST', body: 'x', headers: rest });
  });

  test("from headers, and the app's own object is not changed", () => {
    const headers = new Headers({ 'x-skimp-compress': 'off', 'x-app': '1' });
    const [, init] = strip(url, { headers });
    expect(init?.headers).toBeInstanceOf(Headers);
    expect([...new Headers(init?.headers)]).toEqual([['x-app', '1']]);
    expect(headers.get('x-skimp-compress')).toBe('off');
  });

  test('from a request, whose body goes with it', async () => {
    const headers = { 'x-skimp-compress': 'off', 'x-app': '1', 'content-type': 'application/json' };
    const request = new Request(url, { method: 'POST', body: '{}', headers, redirect: 'error' });
    const [input, init] = strip(request);
    expect(init).toBeUndefined();
    expect(input).toBeInstanceOf(Request);
    const sent = input as Request; // asserted above
    expect([...sent.headers.keys()]).toEqual(['content-type', 'x-app']);
    expect(sent).toMatchObject({ method: 'POST', redirect: 'error', url });
    expect(await sent.text()).toBe('{}');
  });

  test('from the init that replaces the headers of a request', () => {
    const request = new Request(url);
    const args = strip(request, { headers: { 'x-skimp-compress': 'off' } });
    expect(args).toEqual([request, { headers: {} }]);
  });
});

test('a call without it is the same call', () => {
  const init = { headers: { 'x-app': '1' } };
  const args: Parameters<typeof fetch> = [url, init];
  expect(withoutHeaders(args, ['x-skimp-compress'])).toBe(args);
  const bare: Parameters<typeof fetch> = [url];
  expect(withoutHeaders(bare, ['x-skimp-compress'])).toBe(bare);
});
