/** Most pieces that an answer is cut into: each costs some 200 bytes of framing. */
const MAX_PIECES = 100;
/** Least length of a piece, about that of a provider's delta of a few tokens. */
const MIN_PIECE_LENGTH = 16;

/** Cuts an answer into pieces for a stream; never inside a character. */
export function splitText(text: string): string[] {
  const length = Math.max(MIN_PIECE_LENGTH, Math.ceil(text.length / MAX_PIECES));
  return text.match(new RegExp(`.{1,${length}}`, 'gsu')) ?? [];
}

/** A body of these pieces, as {@link createReplayStream} tells them. */
export function createReplayBody(
  pieces: readonly string[],
  signal: AbortSignal | undefined,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  return createReplayStream(
    pieces.map((piece) => encoder.encode(piece)),
    signal,
  );
}

/**
 * A stream that hands out one piece per read and, once `signal` has aborted, fails with its reason.
 * It asks the signal at each read instead of listening: nothing is left behind on a signal that
 * outlives a stream which nobody reads to the end.
 */
export function createReplayStream<Piece>(
  pieces: readonly Piece[],
  signal: AbortSignal | undefined,
): ReadableStream<Piece> {
  const rest = pieces.values();
  return new ReadableStream(
    {
      pull(controller) {
        signal?.throwIfAborted();
        const { done, value } = rest.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
    },
    { highWaterMark: 0 }, // nothing is read ahead, so an abort is seen at the very next read
  );
}
