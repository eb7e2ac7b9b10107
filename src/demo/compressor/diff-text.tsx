import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Compressed } from './compressor-session.js';
import { type Piece, type Slice, toPieces } from './diff-pieces.js';
import { protectedNames } from './protected-names.js';

type DiffTextProps = {
  compressed: Compressed;
  /** The part of the source to show. */
  part: Slice;
  /** Whether what was dropped is there, too, struck. */
  hasDropped: boolean;
};

const modeNotes = { keep: 'always kept', whole: 'never cut' } as const;

/** One part of a text, word by word. */
export function DiffText({ compressed, part, hasDropped }: DiffTextProps): JSX.Element {
  const { prompt, result } = compressed;
  const { text, task } = prompt;
  // Thousands of elements: they are made anew for another result, not for each step of progress.
  return useMemo(
    () => (
      <div class="diff-text" data-is-code={task === 'code'}>
        {toPieces(part, result).flatMap((piece) => {
          if (piece.isKept) return drawKept(piece, text);
          return hasDropped ? drawDropped(piece, text) : [];
        })}
      </div>
    ),
    [compressed, part, hasDropped],
  );
}

/** Every piece is an element with a key: a text without one would be mistaken for its neighbour. */
function drawKept({ start, end, kind, mode }: Piece, text: string): JSX.Element {
  const words = text.slice(start, end);
  if (kind === undefined || mode === undefined) return <span key={start}>{words}</span>;
  const title = `${protectedNames[kind][0]}, ${modeNotes[mode]}`;
  return (
    <mark key={start} data-mode={mode} data-kind={kind} title={title}>
      {words}
    </mark>
  );
}

/** Each line is struck by itself: a stroke through the indentation of code says nothing. */
function drawDropped({ start, end }: Piece, text: string): readonly JSX.Element[] {
  let at = start;
  return text
    .slice(start, end)
    .split(/(\s*\n\s*)/)
    .filter((line) => line !== '')
    .map((line) => {
      const key = at;
      at += line.length;
      return line.trim() === '' ? <span key={key}>{line}</span> : <del key={key}>{line}</del>;
    });
}
