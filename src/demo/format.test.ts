import { expect, test } from 'vitest';
import { formatAge, formatBytes, formatMoney, formatMs, formatPercent } from './format.js';

test.each([
  [formatMs(0.42), '0.4 ms'],
  [formatMs(12.4), '12 ms'],
  [formatMs(1_640), '1.64 s'],
  [formatMs(12_640), '12.6 s'],
  [formatMoney(0), '$0'],
  [formatMoney(0.00042), '$0.00042'],
  [formatMoney(0.0571), '$0.057'],
  [formatMoney(0.5), '$0.50'],
  [formatMoney(12.3), '$12.30'],
  [formatMoney(1e-12), '$0.000000000'],
  [formatBytes(640), '640 B'],
  [formatBytes(12_400), '12.4 kB'],
  [formatBytes(22_942_644), '22.9 MB'],
  [formatPercent(0.005), '0.5 %'],
  [formatPercent(0.384), '38 %'],
  [formatAge(300), 'just now'],
  [formatAge(12_000), '12 s ago'],
  [formatAge(200_000), '3 min ago'],
  [formatAge(18_000_000), '5 h ago'],
  [formatAge(200_000_000), '2 d ago'],
])('%s is written as %s', (written, expected) => {
  expect(written).toBe(expected);
});
