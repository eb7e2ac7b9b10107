import { createCompressSession } from './compress-session.js';
import type {
  CompressOutcome,
  CompressSession,
  CompressSettings,
  CompressSummary,
} from './compress-session.js';
import type { CompressionRequest } from '../index.js';

/** What scripts call through the browser's debugger. */
export type CompressApi = {
  open(settings: CompressSettings): Promise<void>;
  compress(request: CompressionRequest): Promise<CompressOutcome>;
  summary(): Promise<CompressSummary>;
  close(): void;
};

declare global {
  var skimpCompress: CompressApi;
  /** Set by a script that wants to be told how many windows of a long text are done. */
  var onSkimpWindow: ((done: number, total: number) => void) | undefined;
}

const progress = document.getElementById('progress');
let session: CompressSession | undefined;
let texts = 0;

function opened(): CompressSession {
  if (session === undefined) throw new Error('call skimpCompress.open() first');
  return session;
}

globalThis.skimpCompress = {
  async open(settings) {
    session = await createCompressSession(settings);
  },
  async compress(request) {
    const outcome = await opened().compress(request, globalThis.onSkimpWindow);
    texts += 1;
    if (progress !== null) progress.textContent = `${texts} texts`;
    return outcome;
  },
  summary: () => opened().summary(),
  close: () => opened().close(),
};
