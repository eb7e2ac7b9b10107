import {
  type LanguageModelFactory,
  type LanguageModelSession,
  textOptions,
} from './language-model.js';
import { type PromptApiRequest, toPromptApiRequest } from './prompt-api-request.js';

export type PromptApiOptions = {
  readonly languageModel: LanguageModelFactory;
  /** The browser downloads its model: a share of it, 0 to 1. */
  readonly onDownload: (share: number) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
};

type Usage = {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
};

/** One answer under way. */
type Answer = {
  readonly request: PromptApiRequest;
  readonly session: LanguageModelSession;
  readonly text: ReadableStream<string>;
  readonly promptTokens: number;
  readonly head: { readonly id: string; readonly created: number; readonly model: string };
};

/**
 * Makes a `fetch` that gives chat completion requests to the browser's own model and answers as an
 * OpenAI-compatible server would, streamed or whole, so that whatever takes a `fetch` runs on it.
 * Each request is a conversation of its own; the turns before the newest are its initial prompts.
 */
export function createPromptApiFetch(options: PromptApiOptions): typeof fetch {
  let answers = 0;
  return async (input, init) => {
    const sent = new Request(input, init);
    const { signal } = sent;
    const request = toPromptApiRequest(await readJson(sent));
    if (typeof request === 'string') return refuse(400, request);
    let session: LanguageModelSession | undefined;
    try {
      session = await openSession(options, request, signal);
      const promptTokens = await countPromptTokens(session, request);
      signal.throwIfAborted();
      const text = session.promptStreaming(request.input, { signal });
      answers += 1;
      const created = Math.floor(options.now() / 1000);
      const head = { id: `chatcmpl-prompt-api-${answers}`, created, model: request.model };
      const answer = { request, session, text, promptTokens, head };
      return request.stream ? streamAnswer(answer) : await collectAnswer(answer);
    } catch (error) {
      session?.destroy();
      signal.throwIfAborted();
      return refuse(toStatus(error), toMessage(error));
    }
  };
}

function openSession(
  { languageModel, onDownload }: PromptApiOptions,
  { initialPrompts }: PromptApiRequest,
  signal: AbortSignal,
): Promise<LanguageModelSession> {
  return languageModel.create({
    ...textOptions,
    initialPrompts,
    signal,
    monitor: (monitor) => {
      monitor.addEventListener('downloadprogress', ({ loaded }) => onDownload(loaded));
    },
  });
}

/** `NaN` where the browser does not count: earlier versions have other names for it. */
async function countPromptTokens(
  session: LanguageModelSession,
  { input }: PromptApiRequest,
): Promise<number> {
  try {
    return session.contextUsage + (await session.measureContextUsage(input));
  } catch {
    return Number.NaN;
  }
}

async function readJson(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    request.signal.throwIfAborted();
    return undefined;
  }
}

async function collectAnswer({ session, text, promptTokens, head }: Answer): Promise<Response> {
  const reader = text.getReader();
  let content = '';
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    content += piece.value;
  }
  const message = { role: 'assistant', content, refusal: null };
  const usage = toUsage(session, promptTokens);
  session.destroy();
  return Response.json({
    ...head,
    object: 'chat.completion',
    choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }],
    ...(usage && { usage }),
  });
}

function streamAnswer(answer: Answer): Response {
  const reader = answer.text.getReader();
  const write = createEventWriter(answer);
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.enqueue(write.first()),
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(write.text(value));
        controller.enqueue(write.last());
      } catch (error) {
        answer.session.destroy();
        if (isAbort(error)) return controller.error(error);
        controller.enqueue(write.error(toMessage(error)));
        return controller.close();
      }
      answer.session.destroy();
      controller.close();
    },
    async cancel(reason) {
      await reader.cancel(reason).catch(() => {}); // it had failed by itself
      answer.session.destroy();
    },
  });
  const headers = { 'content-type': 'text/event-stream; charset=utf-8' };
  return new Response(body, { headers });
}

function createEventWriter({ request, session, promptTokens, head }: Answer) {
  const encoder = new TextEncoder();
  const shared = { ...head, object: 'chat.completion.chunk' };
  const trailer = request.includeUsage ? { usage: null } : {};
  const encode = (...events: readonly (object | string)[]) =>
    encoder.encode(
      events
        .map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`)
        .join(''),
    );
  const chunk = (delta: object, finishReason: 'stop' | null = null) => ({
    ...shared,
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
    ...trailer,
  });
  return {
    first: () => encode(chunk({ role: 'assistant', content: '' })),
    text: (content: string) => encode(chunk({ content })),
    last() {
      const usage = request.includeUsage ? toUsage(session, promptTokens) : undefined;
      const counts = usage === undefined ? [] : [{ ...shared, choices: [], usage }];
      return encode(chunk({}, 'stop'), ...counts, '[DONE]');
    },
    error: (message: string) => encode(toErrorBody(message, 'server_error')),
  };
}

function toUsage({ contextUsage }: LanguageModelSession, promptTokens: number): Usage | undefined {
  if (!Number.isFinite(promptTokens) || !Number.isFinite(contextUsage)) return undefined;
  const completionTokens = Math.max(0, contextUsage - promptTokens);
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
}

function refuse(status: number, message: string): Response {
  const type = status < 500 ? 'invalid_request_error' : 'server_error';
  return Response.json(toErrorBody(message, type), { status });
}

function toErrorBody(message: string, type: string) {
  return { error: { message, type, param: null, code: null } };
}

/** A text that is too long is the request's fault; whatever else fails is the browser's. */
function toStatus(error: unknown): number {
  return error instanceof Error && error.name === 'QuotaExceededError' ? 400 : 503;
}

function toMessage(error: unknown): string {
  return `The browser's model failed: ${String(error)}`;
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
