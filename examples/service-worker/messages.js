/** What a page and the service worker say to each other; the number changes when the meaning does. */

/** Page to service worker: I have an optimizer. */
export const HERE = 'skimp-1:here';
/** Service worker to pages: who has an optimizer? */
export const WHO = 'skimp-1:who';
/** Service worker to a page: `{ method, args }`, to be answered at the port that comes with it. */
export const CALL = 'skimp-1:call';
