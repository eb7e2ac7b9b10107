import type { RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import type { StoredEntry } from '../../shared/stored-entry.js';

/** Moves the focus within a list of entries, whose rows have their key as `data-key`. */
export type RowFocus = {
  readonly list: RefObject<HTMLElement>;
  /** Gets the focus in place of a row that is not shown. */
  readonly heading: RefObject<HTMLHeadingElement>;
  /** Focuses what `selector` finds in an entry's row, once the row is drawn. */
  readonly focusRow: (entry: StoredEntry | undefined, selector: string) => void;
};

export function useRowFocus(): RowFocus {
  const list = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  return {
    list,
    heading,
    focusRow: (entry, selector) =>
      void requestAnimationFrame(() => {
        const row = list.current?.querySelector(`[data-key="${entry?.key}"]`);
        (row?.querySelector<HTMLElement>(selector) ?? heading.current)?.focus();
      }),
  };
}
