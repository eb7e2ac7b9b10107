import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { formatCount, formatNoun } from '../format.js';
import type { Compressed } from './compressor-session.js';
import { countKinds, type KindCount } from './diff-pieces.js';
import { protectedNames, type Protection, toProtection } from './protected-names.js';

type LegendProps = { compressed: Compressed; hasDropped: boolean };

const titles: Readonly<Record<Protection, string>> = {
  kept: 'Always kept',
  whole: 'Never cut',
};

const hints: Readonly<Record<Protection, string>> = {
  kept: 'in every output',
  whole: 'kept or dropped as one',
};

/** What the marks in the diff mean, and how many there are. */
export function Legend({ compressed, hasDropped }: LegendProps): JSX.Element {
  const counts = useMemo(() => countKinds(compressed.result), [compressed]);
  const { task } = compressed.prompt;
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
      {(['kept', 'whole'] as const).map((protection) => (
        <Marks
          key={protection}
          protection={protection}
          counts={counts.filter(({ kind }) => toProtection(kind, task) === protection)}
        />
      ))}
    </dl>
  );
}

type MarksProps = { protection: Protection; counts: readonly KindCount[] };

function Marks({ protection, counts }: MarksProps) {
  if (counts.length === 0) return null;
  return (
    <div>
      <dt>
        <mark data-protection={protection}>{titles[protection]}</mark>
      </dt>
      <dd>
        {hints[protection]}
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
