import type { JsonRange } from './json-source.js';

/** A text of a turn. */
export type PlainText = { readonly text: string };

/** A text of a request, and where the literal that tells it stands in the body. */
export type TurnText = PlainText & { readonly range: JsonRange };

/** One turn as the app wrote it. */
export type Turn<Text extends PlainText = TurnText> = {
  /** `fixed`: the system's or the developer's, or of a kind that skimp does not know. */
  readonly role: 'user' | 'tool' | 'assistant' | 'fixed';
  /** Equal for two spellings of one turn, as apps write it while it is new and when it is old. */
  readonly identity: string;
  /** Its texts, in order; images and the like have none. */
  readonly texts: readonly Text[];
  /** Whether the app wants it sent word for word. @default false */
  readonly isKept?: boolean;
};

/** A turn, wherever its texts stand. */
export type PlainTurn = Turn<PlainText>;

/** All turns of a request, the newest last. */
export type Conversation = {
  readonly turns: readonly Turn[];
  /** The model asked for, where the body names it. */
  readonly model?: string;
  /** Whether the request is of a kind that skimp leaves alone. */
  readonly isBypassed: boolean;
};

/**
 * Finds the turns in the body of a call; `undefined` for a body that is no such call, or so odd that
 * another reader may see another one in it.
 */
export type ReadConversation = (url: URL, body: string) => Conversation | undefined;
