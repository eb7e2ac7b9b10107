import { describe, expect, test } from 'vitest';
import { blockRows, compileDotKernel, createDotKernel } from './dot-product.js';
import { quantizeQuery } from './quantize.js';
import { seededRandom } from './seeded-random.js';

const kernels = [
  { name: 'wasm', module: compileDotKernel() },
  { name: 'javascript', module: undefined },
];

test('this engine has WASM SIMD, so that both kernels are tested', () => {
  expect(kernels[0]?.module).toBeInstanceOf(WebAssembly.Module);
});

describe.each(kernels)('the $name kernel', ({ module }) => {
  test('the largest dot product that dims allow does not overflow', () => {
    for (const dims of [16, 384, 1024, 4096]) {
      const kernel = createDotKernel(dims, module);
      kernel.grow(2);
      quantizeQuery(new Float32Array(dims).fill(0.1), kernel.views.query);
      kernel.views.rows.fill(-128, 0, dims);
      kernel.views.rows.fill(127, dims, 2 * dims);
      kernel.views.slots.set([0, 1]);
      kernel.dot(2);
      const component = kernel.views.query[0]!;
      const expected = [-128 * dims * component, 127 * dims * component];
      expect([...kernel.views.dots.subarray(0, 2)]).toEqual(expected);
    }
  });

  test.each([1, 2, 3, blockRows - 1, blockRows])('%d rows in any order', (count) => {
    const random = seededRandom(count);
    const kernel = createDotKernel(20, module);
    kernel.grow(count);
    const { query, rows, slots, dots } = kernel.views;
    for (let i = 0; i < 20; i++) query[i] = Math.floor((random() * 2 - 1) * 32_767);
    for (let i = 0; i < count * kernel.stride; i++) rows[i] = Math.floor(random() * 255) - 127;
    for (let i = 0; i < count; i++) slots[i] = (count - 1 - i + 7) % count;
    kernel.dot(count);
    const expected = Array.from({ length: count }, (_, i) => {
      const row = rows.subarray(slots[i]! * kernel.stride, (slots[i]! + 1) * kernel.stride);
      return row.reduce((sum, value, j) => sum + value * query[j]!, 0);
    });
    expect([...dots.subarray(0, count)]).toEqual(expected);
  });

  test('growing keeps the rows', () => {
    const kernel = createDotKernel(16, module);
    kernel.grow(1);
    kernel.views.rows.fill(5, 0, 16);
    kernel.grow(100_000);
    expect(kernel.views.rows.length).toBeGreaterThanOrEqual(1_600_000);
    expect([...kernel.views.rows.subarray(0, 17)]).toEqual([...new Int8Array(16).fill(5), 0]);
  });
});
