import type { PromptRequest, StoredResponse } from '../../shared/prompt-request.js';

/** Why skimp leaves a call or an answer alone, for people. */
export type Reason = string;

/** What an app's call asks for. */
export type WireRequest = {
  readonly request: PromptRequest;
  /** Whether the app wants the answer as a stream. */
  readonly stream: boolean;
  /** Whether the app wants token counts at the end of the stream. */
  readonly includeUsage: boolean;
  /** Whether the app wants a fresh answer, which may be kept. @default false */
  readonly isRefresh?: boolean;
  /** Whether the provider keeps the answer, so that a later call may name it. @default false */
  readonly isStored?: boolean;
};

/** How a stored answer is to be told again. */
export type ReplayOptions = {
  readonly stream: boolean;
  readonly includeUsage: boolean;
  /** The varying part of the answer's id. */
  readonly id: string;
  /** Whether the app may name the answer in a later call, by the id that the provider gave it. */
  readonly isStored?: boolean;
  /** Time of the replay, in milliseconds since the epoch. */
  readonly at: number;
  /** Fails the body, as it fails that of a real `fetch`. */
  readonly signal: AbortSignal | undefined;
};

/** A finished answer, or why it is none to keep. */
export type Outcome = StoredResponse | Reason;

/** Reads along while an answer passes. */
export interface Collector {
  /** Takes the next bytes. @returns the outcome, as soon as more bytes cannot change it. */
  push(chunk: Uint8Array): Outcome | undefined;
  /** Ends the reading: there are no more bytes. */
  finish(): Outcome;
}

/** The media types of answers that skimp reads. */
export type AnswerType = 'application/json' | 'text/event-stream' | 'text/plain';

/** Translates between one provider's wire and skimp's own shapes. */
export interface WireFormat {
  /** What the call asks for, or why it is none for the cache. */
  parseRequest(url: URL, body: string): WireRequest | Reason;
  /** The answer as the provider would give it, its request id in the provider's own header. */
  replay(response: StoredResponse, options: ReplayOptions): Response;
  /** What reads an answer of this type along, or why nothing does. */
  createCollector(type: AnswerType): Collector | Reason;
}
