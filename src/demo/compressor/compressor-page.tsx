import type { JSX } from 'preact';

export function CompressorPage(): JSX.Element {
  return <h1 tabIndex={-1}>Compressor</h1>;
}
