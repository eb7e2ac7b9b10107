import type { JSX } from 'preact';
import { story } from '../story.js';

type SuggestionsProps = { isBusy: boolean; isCompact: boolean; onAsk: (prompt: string) => void };

/** Prompts to try in turn: ask, repeat, rephrase, near-misses. */
export function Suggestions({ isBusy, isCompact, onAsk }: SuggestionsProps): JSX.Element {
  return (
    <ol class="suggestions" data-compact={isCompact} aria-label="Suggested prompts">
      {story.map(({ label, prompt }) => (
        <li key={label}>
          <button
            type="button"
            class="suggestion"
            title={prompt}
            aria-disabled={isBusy}
            onClick={() => {
              if (!isBusy) onAsk(prompt);
            }}
          >
            <b>{label}</b>
            <span>{prompt}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
