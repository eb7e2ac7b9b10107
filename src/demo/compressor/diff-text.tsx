import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Compressed } from './compressor-session.js';
import { type Piece, type Slice, toPieces } from './diff-pieces.js';
import { protectedNames, toProtection } from './protected-names.js';

type DiffTextProps = {
  compressed: Compressed;
  /** The part of the source to show. */
  part: Slice;
  /** Whether what was dropped is there, too, struck. */
  hasDropped: boolean;
};

const protectionNotes = { kept: 'always kept', whole: 'never cut' } as const;

/** One part of a text, word by word. */
export function DiffText({ compressed, part, hasDropped }: DiffTextProps): JSX.Element {
  const { prompt, result } = compressed;
  const { text, task } = prompt;
  // Thousands of elements: they are made anew for another result, not for each step of progress.
  return useMemo(() => {
    const draw = ({ start, end, isKept, kind }: Piece) => {
      const words = text.slice(start, end);
      if (!isKept) return hasDropped ? <del key={start}>{words}</del> : undefined;
      if (kind === undefined) return words;
      const protection = toProtection(kind, task);
      const title = `${protectedNames[kind]}: ${protectionNotes[protection]}`;
      return (
        <mark key={start} data-protection={protection} data-kind={kind} title={title}>
          {words}
        </mark>
      );
    };
    return (
      <div class="diff-text" data-is-code={task === 'code'}>
        {toPieces(part, result).map(draw)}
      </div>
    );
  }, [compressed, part, hasDropped]);
}
