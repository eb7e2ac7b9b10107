import { expect, test } from 'vitest';
import { createRouter, routes, toHash, toRoute } from './router.js';

function createView(hash: string) {
  return Object.assign(new EventTarget(), { location: { hash } });
}

test('each page is found by its own address', () => {
  expect(routes.map(toHash).map(toRoute)).toEqual([...routes]);
});

test.each(['', '#', '#/', '#/nowhere', '#/chatter', '#question', '#/%E0%A4%A'])(
  'the address %j leads to the chat',
  (hash) => {
    expect(toRoute(hash)).toBe('chat');
  },
);

test('what follows the name of a page does not matter', () => {
  expect(toRoute('#/charts/')).toBe('charts');
  expect(toRoute('#/inspector?entry=1')).toBe('inspector');
  expect(toRoute('#inspector')).toBe('inspector');
});

test('the router follows the address', () => {
  const view = createView('#/charts');
  const router = createRouter(view);
  expect(router.get().route).toBe('charts');
  const seen: string[] = [];
  router.subscribe(() => seen.push(router.get().route));
  view.location.hash = '#/inspector';
  view.dispatchEvent(new Event('hashchange'));
  view.location.hash = '#/gone';
  view.dispatchEvent(new Event('hashchange'));
  expect(seen).toEqual(['inspector', 'chat']);
});
