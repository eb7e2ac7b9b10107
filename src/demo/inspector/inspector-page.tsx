import type { JSX } from 'preact';

export function InspectorPage(): JSX.Element {
  return <h1 tabIndex={-1}>Inspector</h1>;
}
