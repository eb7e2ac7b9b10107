const units = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
] as const;

/** How long it is until then, in whole units: `6 d`, `23 h`, `4 min`, `12 s`. */
export function formatSpan(ms: number): string {
  const [size, unit] = units.find(([size]) => ms >= size) ?? [1_000, 's'];
  return `${Math.max(0, Math.floor(ms / size))} ${unit}`;
}
