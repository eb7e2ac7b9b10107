/** Time that a request may wait for the cache, in milliseconds. */
export const deadlineMs = 300;
