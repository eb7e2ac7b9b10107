import { expect, test } from 'vitest';
import type { StoredEntry } from '../../shared/stored-entry.js';
import { filterEntries } from './filter-entries.js';

const createEntry = (prompt: string, answer: string): StoredEntry => ({
  key: prompt,
  isOwnScope: true,
  scopeLabel: '',
  prompt,
  answer,
  answerLength: answer.length,
  model: 'faq',
  storedAt: 0,
  expiresAt: 0,
  hits: 0,
  bytes: 0,
  hasVector: false,
});
const entries = [
  createEntry('How long is the warranty?', 'Two years.'),
  createEntry('Where is my order?', 'On its way, within two days.'),
];

test.each([
  ['', 2],
  ['  ', 2],
  ['WARRANTY', 1],
  ['two', 2],
  ['two days', 1],
  ['order warranty', 0],
  ['faq', 2],
])('`%s` finds %d', (text, count) => {
  expect(filterEntries(entries, text)).toHaveLength(count);
});
