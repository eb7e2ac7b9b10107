/** Time that followers wait for the head of an answer: a reasoning model may take a minute. */
const HEAD_MS = 120_000;
/** Time without a byte after which they go on without the leader. */
const QUIET_MS = 30_000;

/** Keeps a flight open for as long as its leader shows signs of life. */
export interface FlightLease {
  /** A sign of life: the head of the answer, or bytes of its body. */
  renew(): void;
  /** Settles the flight. */
  end(): void;
}

/**
 * Lets followers wait for a leader, but not for ever: an app may ask for an answer and never read
 * its body, and then no end of it is ever seen.
 */
export function createFlightLease(settle: () => void): FlightLease {
  let timer = setTimeout(settle, HEAD_MS);
  return {
    renew() {
      clearTimeout(timer);
      timer = setTimeout(settle, QUIET_MS);
    },
    end() {
      clearTimeout(timer);
      settle();
    },
  };
}
