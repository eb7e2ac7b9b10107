import { parseRouteRequest } from './app-route-request.js';
import { createWholeCollector } from './collectors.js';
import { createReplayBody, splitText } from './replay-body.js';
import type { WireFormat } from './wire-format.js';

/**
 * An app's own route that answers with nothing but text. Such an answer has no mark of its end: one
 * whose server broke off, and closed the connection as if it were done, is kept as if it were whole.
 */
export const text: WireFormat = {
  parseRequest: parseRouteRequest,
  replay(response, { id, signal }) {
    const headers = {
      'content-type': 'text/plain; charset=utf-8',
      'x-request-id': `skimp-${id}`,
    };
    return new Response(createReplayBody(splitText(response.text), signal), { headers });
  },
  createCollector(type) {
    if (type !== 'text/plain') return 'the answer is no plain text';
    return createWholeCollector((text) =>
      text === '' ? 'the answer is empty' : { text, model: '' },
    );
  },
};
