import type { JSX } from 'preact';
import { type Example, examples, type Prompt } from './examples.js';

type ExamplePickerProps = { prompt: Prompt; onPick: (example: Example) => void };

/** Prompts to begin with; the one whose text is there is marked. */
export function ExamplePicker({ prompt, onPick }: ExamplePickerProps): JSX.Element {
  return (
    <div class="examples" role="group" aria-label="Examples">
      {examples.map((example) => (
        <button
          key={example.id}
          type="button"
          aria-pressed={example.text === prompt.text}
          onClick={() => onPick(example)}
        >
          {example.label}
        </button>
      ))}
    </div>
  );
}
