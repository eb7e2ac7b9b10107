import type { JSX } from 'preact';
import { badgeTexts, type Outcome, toTone, type Tone } from '../outcome.js';

/** Drawn, not typed: a screen reader should not read them out. */
const marks: Readonly<Record<Tone, string>> = {
  exact: 'M2.5 6.5h7M2.5 3.5h7',
  semantic: 'M2 4.6c1.4-1.7 2.7-1.7 4 0s2.6 1.7 4 0M2 8.1c1.4-1.7 2.7-1.7 4 0s2.6 1.7 4 0',
  miss: 'M2 6h7.5M6.7 3.2 9.6 6 6.7 8.8',
  bypass: 'M2.5 6h7',
};

export function Badge({ outcome }: { outcome: Outcome }): JSX.Element {
  const tone = toTone(outcome);
  return (
    <span class="badge" data-tone={tone} data-testid="badge">
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <path d={marks[tone]} />
      </svg>
      {badgeTexts[tone]}
    </span>
  );
}
