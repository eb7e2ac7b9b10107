/** What the demo uses of Chrome's Prompt API; the shapes are those of `@types/dom-chromium-ai`. */

export type Availability = 'unavailable' | 'downloadable' | 'downloading' | 'available';

export type PromptMessage = {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
};

type ExpectedText = readonly { readonly type: 'text'; readonly languages: readonly string[] }[];

export type LanguageModelOptions = {
  readonly expectedInputs: ExpectedText;
  readonly expectedOutputs: ExpectedText;
};

/** Tells of a download: `loaded` is a share, 0 to 1. */
export interface DownloadMonitor {
  addEventListener(
    type: 'downloadprogress',
    listener: (event: { readonly loaded: number }) => void,
  ): void;
}

export type CreateOptions = LanguageModelOptions & {
  readonly signal?: AbortSignal;
  readonly initialPrompts: readonly PromptMessage[];
  readonly monitor: (monitor: DownloadMonitor) => void;
};

/** One conversation with the model of the browser. */
export interface LanguageModelSession {
  promptStreaming(input: string, options: { signal?: AbortSignal }): ReadableStream<string>;
  measureContextUsage(input: string): Promise<number>;
  /** Tokens that the conversation has. */
  readonly contextUsage: number;
  destroy(): void;
}

/** The global `LanguageModel`. */
export interface LanguageModelFactory {
  availability(options: LanguageModelOptions): Promise<Availability>;
  create(options: CreateOptions): Promise<LanguageModelSession>;
}

/** The browser wants to be told which languages to check itself for. */
export const textOptions: LanguageModelOptions = {
  expectedInputs: [{ type: 'text', languages: ['en'] }],
  expectedOutputs: [{ type: 'text', languages: ['en'] }],
};

/** The browser's own, if it has the API. */
export function findLanguageModel(scope: object = globalThis): LanguageModelFactory | undefined {
  const { LanguageModel } = scope as { readonly LanguageModel?: LanguageModelFactory }; // not in TypeScript's library
  return typeof LanguageModel?.availability === 'function' ? LanguageModel : undefined;
}

/** Whether there is a model to be had; a browser that fails to say has none. */
export async function hasLanguageModel(
  factory: LanguageModelFactory | undefined,
): Promise<boolean> {
  try {
    // The global can be there where no model is.
    return factory !== undefined && (await factory.availability(textOptions)) !== 'unavailable';
  } catch {
    return false;
  }
}
