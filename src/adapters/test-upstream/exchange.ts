/** What Node's server gives to write an answer with. */
export type TestReply = {
  statusCode: number;
  readonly writableFinished: boolean;
  setHeader(name: string, value: string): unknown;
  write(chunk: string | Uint8Array): unknown;
  end(chunk?: string): unknown;
  destroy(): unknown;
  on(event: 'close', listener: () => void): unknown;
};

/** One request as it came in. */
export type UpstreamRequest = {
  readonly method: string;
  readonly url: string;
  /** Names in lower case, in the order of arrival. */
  readonly headers: readonly (readonly [string, string])[];
  /** The body's bytes, in hex. */
  readonly bodyHex: string;
  /** How the connection ended; absent while it has not. */
  ended?: 'finished' | 'disconnected';
};

export type World = {
  readonly log: UpstreamRequest[];
  readonly released: Promise<void>;
  readonly release: () => void;
};

/** One request, as what answers in a provider's wire gets it. */
export type Exchange = {
  readonly reply: TestReply;
  readonly world: World;
  /** Without the query. */
  readonly path: string;
  readonly body: { readonly [name: string]: unknown };
};

/** Answers in one provider's wire. */
export type Respond = (exchange: Exchange) => Promise<void> | void;

/** What any wire asks for. */
export type AnswerCall = Omit<Exchange, 'body'> & {
  readonly model: string;
  readonly stream: boolean;
  /** An answer that holds the newest turn. */
  readonly text: string;
};

/** @param turns - All turns, or the only one. */
export function toAnswerCall({ body, ...exchange }: Exchange, turns: unknown): AnswerCall {
  const newest: unknown = Array.isArray(turns) ? turns.at(-1) : turns;
  return {
    ...exchange,
    model: String(body['model']),
    stream: body['stream'] === true,
    text: `Réponse à ${JSON.stringify(newest ?? null)} 🎉`,
  };
}

/** The same call; where a `format` asks for JSON by a schema, its answer is JSON. */
export function toStructuredCall(call: AnswerCall, format: unknown): AnswerCall {
  const isStructured = JSON.stringify(format ?? {}).includes('json_schema');
  return isStructured ? { ...call, text: JSON.stringify({ answer: call.text }) } : call;
}

export function sendJson(reply: TestReply, value: unknown): void {
  reply.setHeader('content-type', 'application/json');
  reply.end(JSON.stringify(value));
}
