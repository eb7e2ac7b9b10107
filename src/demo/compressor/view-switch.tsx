import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

/** Which of the two texts is shown. */
export type DiffView = 'diff' | 'sent' | 'both';

type ViewSwitchProps = { view: DiffView; onChange: (view: DiffView) => void };

const choices: readonly (readonly [DiffView, string])[] = [
  ['diff', 'Diff'],
  ['sent', 'What is sent'],
  ['both', 'Both'],
];

/** Chooses between the diff, what is left, and both side by side. */
export function ViewSwitch({ view, onChange }: ViewSwitchProps): JSX.Element {
  const name = useId();
  return (
    <fieldset class="view-switch">
      <legend class="visually-hidden">Show</legend>
      {choices.map(([value, label]) => (
        <label key={value}>
          <input
            type="radio"
            name={name}
            checked={view === value}
            onChange={() => onChange(value)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
