import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

type TextFieldProps = {
  label: string;
  type: 'text' | 'url' | 'password';
  value: string;
  placeholder?: string;
  /** Values to choose from; any other may be typed, too. */
  suggestions?: readonly string[];
  onChange: (value: string) => void;
};

export function TextField({
  label,
  type,
  value,
  placeholder = '',
  suggestions = [],
  onChange,
}: TextFieldProps): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type={type}
        value={value}
        placeholder={placeholder}
        {...(suggestions.length > 0 && { list: `${id}-list` })}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      {suggestions.length > 0 && (
        <datalist id={`${id}-list`}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
    </div>
  );
}

type NumberFieldProps = { label: string; value: number; onChange: (value: number) => void };

/** A number of 0 or more; what is none leaves the value as it is. */
export function NumberField({ label, value, onChange }: NumberFieldProps): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="number"
        min={0}
        step="any"
        inputMode="decimal"
        value={value}
        onInput={(event) => {
          const typed = event.currentTarget.valueAsNumber;
          if (typed >= 0) onChange(typed);
        }}
      />
    </div>
  );
}
