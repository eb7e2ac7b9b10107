import { afterEach, expect, test } from 'vitest';
import { whenHidden } from './when-hidden.js';

afterEach(() => void Reflect.deleteProperty(document, 'visibilityState'));

/** What a browser does when the user goes elsewhere, or comes back. */
function setVisibility(value: DocumentVisibilityState): void {
  Object.defineProperty(document, 'visibilityState', { value, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}

test('a listener is called when the page is hidden, until it is not wanted any more', () => {
  let calls = 0;
  const stop = whenHidden(() => (calls += 1));
  setVisibility('hidden');
  setVisibility('visible');
  expect(calls).toBe(1);
  stop();
  setVisibility('hidden');
  expect(calls).toBe(1);
});
