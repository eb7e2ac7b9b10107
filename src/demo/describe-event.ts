import type { TraceEvent } from '../shared/trace.js';
import { formatBytes, formatMs, formatNoun } from './format.js';

/** What the log shows: skimp's events, and what the page itself has to say. */
export type LogEvent =
  TraceEvent | { readonly at: number; readonly type: 'note'; readonly text: string };

/** The log keeps the newest of this many events. */
export const MAX_EVENTS = 50;

/** Appends to the log; a download's progress replaces the line before instead of filling the log. */
export function appendEvent(events: readonly LogEvent[], event: LogEvent): readonly LogEvent[] {
  const last = events.at(-1);
  const kept = last !== undefined && isDownload(last) && isDownload(event) ? -1 : undefined;
  return [...events.slice(0, kept), event].slice(-MAX_EVENTS);
}

/** One line for people; it names no key. */
export function describeEvent(event: LogEvent): string {
  switch (event.type) {
    case 'note':
      return event.text;
    case 'cache-hit':
      return `${event.tier}, similarity ${event.similarity.toFixed(3)}, in ${formatMs(event.lookupMs)}`;
    case 'cache-miss':
      return describeMiss(event);
    case 'cache-store':
    case 'cache-evict':
    case 'cache-clear':
    case 'cache-import':
      return describeChange(event);
    case 'cache-skip':
      return event.reason;
    case 'wrong-hit':
    case 'cache-remove':
      return 'the entry is removed';
    case 'good-hit':
      return 'reported as good';
    case 'threshold-change':
      return `risks up to ${event.maxRisk.toFixed(4)} are served`;
    case 'shadow-compare':
      return `${event.tier}, the answers: ${event.verdict}`;
    case 'status-change':
      return `${event.semantic}: ${toProgress(event) ?? event.reason}`;
    case 'worker-restart':
      return `attempt ${event.attempt}: ${event.reason}`;
    case 'fallback':
      return `${event.code}: ${event.reason}`;
    case 'compress':
    case 'compress-request':
      return describeCompression(event);
  }
}

function describeMiss(event: Extract<TraceEvent, { type: 'cache-miss' }>): string {
  const { reason, nearest, detail, lookupMs } = event;
  const parts = [reason, nearest?.guard?.guard, detail, `in ${formatMs(lookupMs)}`];
  return parts.filter((part) => part !== undefined).join(', ');
}

function describeCompression(
  event: Extract<TraceEvent, { type: 'compress' | 'compress-request' }>,
): string {
  return event.type === 'compress'
    ? `${event.originalTokens} tokens to ${event.keptTokens}`
    : `${formatNoun(event.messages, 'message')}, ${event.originalTokens} tokens sent as ${event.sentTokens}`;
}

function describeChange(
  event: Extract<
    TraceEvent,
    { type: 'cache-store' | 'cache-evict' | 'cache-clear' | 'cache-import' }
  >,
): string {
  if (event.type === 'cache-store') return formatBytes(event.bytes);
  if (event.type === 'cache-clear') return toEntries(event.entries);
  if (event.type === 'cache-evict') {
    return `${toEntries(event.entries)}, ${formatBytes(event.bytes)}`;
  }
  const lines = formatNoun(event.skipped, 'line');
  return `${toEntries(event.imported)}, ${lines} skipped`;
}

function isDownload(event: LogEvent): boolean {
  return event.type === 'status-change' && event.semantic === 'downloading';
}

function toProgress({ progress }: Extract<TraceEvent, { type: 'status-change' }>) {
  if (progress === undefined) return undefined;
  return `${formatBytes(progress.loadedBytes)} of ${formatBytes(progress.totalBytes)}`;
}

function toEntries(count: number): string {
  return formatNoun(count, 'entry', 'entries');
}
