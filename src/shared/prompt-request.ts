/** A JSON value. Requests and answers cross threads and are hashed as JSON. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * One request to a language model, free of any provider's wire format. Two requests may share an
 * answer only when everything but `query` is equal; `query` may be equal or mean the same.
 */
export type PromptRequest = {
  /** The newest user turn, as text. The only part that is compared by meaning. */
  readonly query: string;
  /** The model asked for. */
  readonly model: string;
  /**
   * All turns before `query`, the system prompt among them: "How old is he?" never crosses
   * conversations.
   */
  readonly context: Json;
  /** Whatever else changes the answer: tools, response format, sampling, the endpoint. */
  readonly params: Json;
  /** Who may share the answer. @default the optimizer's `scope` */
  readonly scope?: string;
};

/** Token counts as the provider reported them. */
export type TokenUsage = {
  readonly promptTokens: number;
  readonly completionTokens: number;
};

/** A finished text answer, free of any provider's wire format. */
export type StoredResponse = {
  readonly text: string;
  /** The model that answered, as the provider names it. */
  readonly model: string;
  /** The provider's name for the answer, where it keeps it and a later call may go on from it. */
  readonly id?: string;
  /** What the answer cost; absent when the provider did not say. */
  readonly usage?: TokenUsage;
  /** From sending the request to the last byte of the answer, in milliseconds. */
  readonly latencyMs?: number;
};
