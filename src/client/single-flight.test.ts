import { expect, test } from 'vitest';
import { createSingleFlight, type Flight } from './single-flight.js';

function settle(flight: Flight): void {
  if (flight.role === 'leader') flight.settle();
}

test('the first to join leads, and the others follow until it settles', async () => {
  const join = createSingleFlight();
  const leader = join('a');
  const follower = join('a');
  expect([leader.role, follower.role]).toEqual(['leader', 'follower']);
  settle(leader);
  await expect(follower.role === 'follower' && follower.settled).resolves.toBeUndefined();
});

test('flights of other keys are apart', () => {
  const join = createSingleFlight();
  join('a');
  expect(join('b').role).toBe('leader');
});

test('after a flight has settled, the next to join leads a new one', () => {
  const join = createSingleFlight();
  settle(join('a'));
  expect(join('a').role).toBe('leader');
});

test('settling twice does not end the flight that came after', () => {
  const join = createSingleFlight();
  const first = join('a');
  settle(first);
  join('a');
  settle(first);
  expect(join('a').role).toBe('follower');
});
