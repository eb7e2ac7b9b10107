const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export function formatCount(count: number): string {
  return whole.format(count);
}

/** `1 event`, `2 events`; the plural is given where it is not the word with an s. */
export function formatNoun(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/** `0.4 ms`, `12 ms`, `1.6 s`. */
export function formatMs(ms: number): string {
  if (ms < 10) return `${toFixed(ms, 1)} ms`;
  if (ms < 1_000) return `${whole.format(ms)} ms`;
  return `${toFixed(ms / 1_000, ms < 10_000 ? 2 : 1)} s`;
}

/** US dollars with two digits that count: `$0.00042`, `$0.057`, `$12.30`. */
export function formatMoney(dollars: number): string {
  if (dollars === 0) return '$0';
  if (dollars >= 1) return `$${dollars.toFixed(2)}`;
  return `$${dollars.toFixed(Math.min(9, 1 - Math.floor(Math.log10(dollars))))}`;
}

/** Decimal units, as browsers show them: `640 B`, `12.4 kB`, `22.9 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${whole.format(bytes)} B`;
  const isKilo = bytes < 999_950;
  return `${toFixed(bytes / (isKilo ? 1_000 : 1_000_000), 1)} ${isKilo ? 'kB' : 'MB'}`;
}

/** From a share of 0 to 1: `0.5 %`, `38 %`. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  return `${toFixed(percent, percent < 10 ? 1 : 0)} %`;
}

/** `just now`, `12 s ago`, `3 min ago`, `5 h ago`, `2 d ago`. */
export function formatAge(ageMs: number): string {
  const seconds = Math.floor(ageMs / 1_000);
  if (seconds < 1) return 'just now';
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h ago`;
  return `${Math.floor(seconds / 86_400)} d ago`;
}

/** `14:03:27`, local time. */
export function formatTime(at: number): string {
  return new Date(at).toLocaleTimeString('en-GB');
}

/** Without trailing zeros: a number that is exact should look it. */
function toFixed(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}
