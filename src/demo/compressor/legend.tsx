import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { ProtectedMode } from '../../shared/compression.js';
import { formatCount, formatNoun } from '../format.js';
import type { Compressed } from './compressor-session.js';
import { countKinds, type KindCount } from './diff-pieces.js';
import { protectedNames } from './protected-names.js';

type LegendProps = { compressed: Compressed; hasDropped: boolean };

const titles: Readonly<Record<ProtectedMode, string>> = {
  keep: 'Always kept',
  whole: 'Never cut',
};

const hints: Readonly<Record<ProtectedMode, string>> = {
  keep: 'in every output',
  whole: 'kept or dropped as one',
};

/** What the marks in the diff mean, and how many there are. */
export function Legend({ compressed, hasDropped }: LegendProps): JSX.Element {
  const counts = useMemo(() => countKinds(compressed.result), [compressed]);
  return (
    <dl class="legend">
      {hasDropped && (
        <div>
          <dt>
            <del>Dropped</del>
          </dt>
          <dd>not sent</dd>
        </div>
      )}
      {(['keep', 'whole'] as const).map((mode) => (
        <Marks key={mode} mode={mode} counts={counts.filter((count) => count.mode === mode)} />
      ))}
    </dl>
  );
}

type MarksProps = { mode: ProtectedMode; counts: readonly KindCount[] };

function Marks({ mode, counts }: MarksProps) {
  if (counts.length === 0) return null;
  return (
    <div>
      <dt>
        <mark data-mode={mode}>{titles[mode]}</mark>
      </dt>
      <dd>
        {hints[mode]}
        <ul>
          {counts.map((count) => (
            <li key={count.kind}>{toCountText(count)}</li>
          ))}
        </ul>
      </dd>
    </div>
  );
}

/** `3 dates`, or `1 of 3 dates kept`. */
function toCountText({ kind, kept, total }: KindCount): string {
  const all = formatNoun(total, ...protectedNames[kind]);
  return kept === total ? all : `${formatCount(kept)} of ${all} kept`;
}
