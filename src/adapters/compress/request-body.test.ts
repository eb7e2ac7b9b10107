import { describe, expect, test } from 'vitest';
import type { FetchArguments } from '../fetch-arguments.js';
import { readExactBody, withBody } from './request-body.js';

const url = 'https://api.example/v1/chat/completions';
const text = '{"ü":"🎉"}';
const bytes = new TextEncoder().encode(text);
const post = (body: BodyInit, init: RequestInit = {}): FetchArguments => [
  url,
  { method: 'POST', body, ...init },
];
const request = (body: BodyInit, init: RequestInit = {}) =>
  new Request(url, { method: 'POST', body, ...init });

describe('a body is read as text', () => {
  test.for([
    ['a string', post(text)],
    ['bytes', post(bytes)],
    ['a buffer', post(bytes.buffer)],
    ['a blob', post(new Blob([text]))],
    ['a request', [request(text)]],
    ['an init beside a request', [request('no'), { body: text }]],
  ] as [string, FetchArguments][])('from %s', async ([, args]) => {
    expect(await readExactBody(args)).toBe(text);
    expect(await readExactBody(args)).toBe(text); // it is not used up
  });

  test.for([
    ['there is none', [url]],
    ['it is no UTF-8', post(new Uint8Array([0x22, 0xff, 0x22]))],
    ['it is a stream', post(new Blob([text]).stream())],
    ['it is a form', post(new URLSearchParams({ a: '1' }))],
  ] as [string, FetchArguments][])('but not where %s', async ([, args]) => {
    expect(await readExactBody(args)).toBeUndefined();
  });

  test('and a byte order mark is a byte of it', async () => {
    expect(await readExactBody(post(new Uint8Array([0xef, 0xbb, 0xbf, 0x7b])))).toBe('\ufeff{');
  });

  test('and a request that was read is left alone', async () => {
    const used = request(text);
    await used.text();
    expect(await readExactBody([used])).toBeUndefined();
  });
});

describe('a call with another body', () => {
  test('has a string for a string, and the same init but for its length', () => {
    const signal = AbortSignal.timeout(1000);
    const headers = { 'Content-Length': '9', 'X-App': '1' };
    const [input, init] = withBody(post('old', { headers, signal, credentials: 'omit' }), text);
    expect(input).toBe(url);
    expect(init).toEqual({
      method: 'POST',
      body: text,
      headers: { 'X-App': '1' },
      signal,
      credentials: 'omit',
    });
  });

  test('keeps headers that need no change as they are', () => {
    const headers = new Headers({ 'x-app': '1' });
    expect(withBody(post('old', { headers }), text)[1]?.headers).toBe(headers);
  });

  test.for([
    ['a string', 'old'],
    ['bytes', new TextEncoder().encode('old')],
    ['a blob', new Blob(['old'], { type: 'application/json' })],
  ] as const)('has the type that %s implies', async ([, old]) => {
    const [input, init] = withBody(post(old), text);
    const sent = new Request(input, init);
    const plain = request(old);
    expect(await sent.text()).toBe(text);
    expect(sent.headers.get('content-type')).toBe(plain.headers.get('content-type'));
  });

  test.for([
    ['a string', 'old'],
    ['bytes', new TextEncoder().encode('old')],
  ] as const)('is a request where it was one, with %s', async ([, old]) => {
    const controller = new AbortController();
    const plain = request(old, {
      headers: { 'x-app': '1' },
      credentials: 'include',
      redirect: 'error',
      referrerPolicy: 'origin',
      signal: controller.signal,
    });
    const [input, init] = withBody([plain], text);
    const sent = input as Request; // made from one
    expect(init).toBeUndefined();
    expect(await sent.text()).toBe(text);
    expect([...sent.headers]).toEqual([...plain.headers]);
    const { method, credentials, redirect, mode, referrer, referrerPolicy } = plain;
    expect(sent).toMatchObject({ method, credentials, redirect, mode, referrer, referrerPolicy });
    controller.abort('enough');
    expect(sent.signal.reason).toBe('enough');
  });

  test('is an init where the body was in one, beside a request of another method', async () => {
    const plain = new Request(url, { headers: { 'x-app': '1' } });
    const [input, init] = withBody([plain, { method: 'POST', body: 'old' }], text);
    expect(input).toBe(plain);
    const sent = new Request(input, init);
    expect(await sent.text()).toBe(text);
    expect(sent.headers.get('x-app')).toBe('1');
  });
});
