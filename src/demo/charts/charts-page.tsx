import type { JSX } from 'preact';

export function ChartsPage(): JSX.Element {
  return <h1 tabIndex={-1}>Charts</h1>;
}
