import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Exchange } from '../exchange.js';

/** How far from the end of the chat a reader still counts as being there. */
const NEAR_END = '0px 0px 240px 0px';

/**
 * Scrolls to a new question, and along with its answer unless the reader has scrolled away.
 *
 * @returns a ref for an element at the end of the chat.
 */
export function useFollow(exchanges: readonly Exchange[]): RefObject<HTMLDivElement> {
  const end = useRef<HTMLDivElement>(null);
  const isNearEnd = useRef(true);
  useEffect(() => {
    if (end.current === null) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        isNearEnd.current = entry?.isIntersecting ?? true;
      },
      { rootMargin: NEAR_END },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, []);
  const scroll = () => end.current?.scrollIntoView({ block: 'end' });
  useEffect(() => {
    if (exchanges.length > 0) scroll();
  }, [exchanges.length]);
  const last = exchanges.at(-1);
  useEffect(() => {
    if (last !== undefined && isNearEnd.current) scroll();
  }, [last?.answer, last?.phase]);
  return end;
}
