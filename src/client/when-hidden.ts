/**
 * Calls `listener` whenever the page is hidden, the last moment that is told of its life.
 *
 * @returns what ends it.
 */
export function whenHidden(listener: () => void): () => void {
  if (typeof document === 'undefined') return () => {};
  const onChange = () => {
    if (document.visibilityState === 'hidden') listener();
  };
  document.addEventListener('visibilitychange', onChange);
  return () => document.removeEventListener('visibilitychange', onChange);
}
