import { expect, test } from 'vitest';
import { AnswerError } from '../read-answer.js';
import { explainFailure } from './explain-failure.js';
import { createUpstreamFetch, PROMPT_API_URL } from './upstream-fetch.js';

const pageUrl = 'https://demo.example/#chat';
const blocked = new TypeError('Failed to fetch');

const options = {
  fetch: () => Promise.reject(blocked),
  promptApiFetch: async () => new Response('by the browser'),
  pageUrl,
  isOnline: () => true,
};
const fetch = createUpstreamFetch(options);

test('requests for the browser’s model go there, all others over the network', async () => {
  expect(await (await fetch(PROMPT_API_URL)).text()).toBe('by the browser');
  const failed = fetch('https://api.example.com/v1/chat/completions');
  await expect(failed).rejects.toBeInstanceOf(AnswerError);
  await expect(failed).rejects.toMatchObject({ cause: blocked });
});

test('an abort stays what it is', async () => {
  const failed = fetch('https://api.example.com/', { signal: AbortSignal.abort() });
  await expect(failed).rejects.toBe(blocked);
});

test('without a network there is nothing to explain', async () => {
  const offline = createUpstreamFetch({ ...options, isOnline: () => false });
  await expect(offline('https://api.example.com/')).rejects.toBe(blocked);
});

test('another origin may be down, or forbid it', () => {
  const text = explainFailure(blocked, 'https://api.example.com/v1', pageUrl);
  expect(text).toContain('The upstream https://api.example.com cannot be reached');
  expect(text).toContain('(CORS)');
  expect(text).toContain('https://demo.example');
  expect(text).not.toContain('plain HTTP');
});

test('plain HTTP from a page with HTTPS is named, but not on this computer', () => {
  expect(explainFailure(blocked, 'http://api.example.com/v1', pageUrl)).toContain('plain HTTP');
  expect(explainFailure(blocked, 'http://localhost:8080/v1', pageUrl)).not.toContain('plain HTTP');
});

test('the page’s own server is down; what is no failed fetch is told as it is', () => {
  expect(explainFailure(blocked, '/v1/chat/completions', pageUrl)).toContain('still running');
  expect(explainFailure(new Error('odd'), '/v1', pageUrl)).toContain('Error: odd');
});
