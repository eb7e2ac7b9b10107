import { deadlineMs } from './limits.js';
import { CALL } from './messages.js';

/** A page that keeps its own deadline is heard before this one has passed, in milliseconds. */
const MARGIN_MS = 100;
/** Storing is in nobody's way. */
const STORE_MS = 30_000;

/**
 * The optimizer of a page, for `createSkimpFetch` in the service worker. What the page does not
 * answer in time is a miss.
 *
 * @param {Client} page
 */
export function createPageOptimizer(page) {
  return {
    async lookup(request) {
      const reply = await call(page, 'lookup', {
        args: [request],
        timeoutMs: deadlineMs + MARGIN_MS,
      });
      return reply ?? { kind: 'miss', reason: 'fallback', detail: 'no page answered', lookupMs: 0 };
    },
    async store(request, response) {
      const reply = await call(page, 'store', { args: [request, response], timeoutMs: STORE_MS });
      return reply ?? { stored: false, reason: 'no page answered' };
    },
    /** For the page's `onEvent`. */
    report: (detail) => page.postMessage({ type: CALL, method: 'report', args: [detail] }),
    /** Each request is sent by itself, identical ones too. */
    joinFlight: () => ({ role: 'leader', settle() {} }),
  };
}

/** @returns the page's answer; `undefined` when there is none in time */
function call(page, method, { args, timeoutMs }) {
  const { port1: here, port2: there } = new MessageChannel();
  return new Promise((resolve) => {
    const timer = setTimeout(() => end(undefined), timeoutMs);
    const end = (result) => {
      clearTimeout(timer);
      here.close();
      resolve(result);
    };
    here.addEventListener('message', ({ data }) => end(data.result));
    here.start();
    page.postMessage({ type: CALL, method, args }, [there]);
  });
}
