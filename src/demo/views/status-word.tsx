import type { JSX } from 'preact';
import { type ModelState, toStateText } from '../model-state.js';

/** A dot and a word: whether a model runs. */
export function StatusWord({ model }: { model: ModelState }): JSX.Element {
  return (
    <span class="status" data-status={model.state}>
      {toStateText(model)}
    </span>
  );
}
