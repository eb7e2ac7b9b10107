import type {
  Availability,
  CreateOptions,
  LanguageModelFactory,
  LanguageModelSession,
} from './language-model.js';

export type TestLanguageModelOptions = {
  readonly availability?: Availability;
  readonly pieces?: readonly string[];
  /** Awaited before each piece; what it throws ends the stream. */
  readonly beforePiece?: (index: number) => Promise<void>;
  /** Thrown by `create`. */
  readonly createError?: Error;
  /** Shares that the download goes through. */
  readonly downloads?: readonly number[];
};

export type TestLanguageModel = LanguageModelFactory & {
  readonly created: readonly CreateOptions[];
  readonly prompts: readonly string[];
  /** Sessions that were not destroyed. */
  openSessions(): number;
};

/** A language model of a browser: headless Chromium has none. A token is a word. */
export function createTestLanguageModel({
  availability = 'available',
  pieces = ['Two ', 'years.'],
  beforePiece = async () => {},
  createError,
  downloads = [],
}: TestLanguageModelOptions = {}): TestLanguageModel {
  const created: CreateOptions[] = [];
  const prompts: string[] = [];
  const open = new Set<LanguageModelSession>();

  async function create(options: CreateOptions): Promise<LanguageModelSession> {
    created.push(options);
    options.signal?.throwIfAborted();
    options.monitor({
      addEventListener: (_type, listener) => {
        for (const loaded of downloads) listener({ loaded });
      },
    });
    if (createError) throw createError;
    let contextUsage = countWords(options.initialPrompts.map(({ content }) => content).join(' '));
    const session: LanguageModelSession = {
      get contextUsage() {
        return contextUsage;
      },
      measureContextUsage: async (input) => countWords(input),
      promptStreaming(input, { signal }) {
        prompts.push(input);
        contextUsage += countWords(input);
        let index = 0;
        return new ReadableStream({
          async pull(controller) {
            await beforePiece(index);
            signal?.throwIfAborted();
            const piece = pieces[index];
            index += 1;
            if (piece === undefined) return controller.close();
            contextUsage += countWords(piece);
            controller.enqueue(piece);
          },
        });
      },
      destroy: () => void open.delete(session),
    };
    open.add(session);
    return session;
  }

  return {
    availability: async () => availability,
    create,
    created,
    prompts,
    openSessions: () => open.size,
  };
}

function countWords(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}
