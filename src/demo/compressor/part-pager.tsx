import type { JSX } from 'preact';
import { formatCount } from '../format.js';

type PartPagerProps = { index: number; count: number; onGo: (index: number) => void };

/** A long text is shown one part at a time. */
export function PartPager({ index, count, onGo }: PartPagerProps): JSX.Element {
  return (
    <nav class="part-pager" aria-label="Parts of the text">
      <button type="button" disabled={index === 0} onClick={() => onGo(index - 1)}>
        Previous
      </button>
      <span class="small" data-testid="part">
        Part {formatCount(index + 1)} of {formatCount(count)}
      </span>
      <button type="button" disabled={index === count - 1} onClick={() => onGo(index + 1)}>
        Next
      </button>
    </nav>
  );
}
