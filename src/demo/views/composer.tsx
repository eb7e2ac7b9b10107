import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { DemoSettings } from '../settings.js';

type ComposerProps = {
  settings: DemoSettings;
  isBusy: boolean;
  onAsk: (question: string) => void;
  onLookUp: (question: string) => void;
  onStop: () => void;
  onChange: (change: Partial<DemoSettings>) => void;
};

/** Where questions are typed: Enter sends, Shift+Enter breaks the line. */
export function Composer({
  settings,
  isBusy,
  onAsk,
  onLookUp,
  onStop,
  onChange,
}: ComposerProps): JSX.Element {
  const [text, setText] = useState('');
  const pass = (send: (question: string) => void) => {
    if (isBusy || text.trim() === '') return;
    send(text);
    setText('');
  };
  return (
    <form
      class="composer"
      aria-label="Ask a question"
      onSubmit={(event) => {
        event.preventDefault();
        if (isBusy) onStop();
        else pass(onAsk);
      }}
    >
      <div class="composer-field">
        <label class="visually-hidden" for="question">
          Your question
        </label>
        <textarea
          id="question"
          rows={1}
          value={text}
          placeholder="Ask a question"
          aria-describedby="composer-keys"
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            // While an input method composes, Enter picks a candidate.
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            pass(onAsk);
          }}
        />
        <button type="submit" class="primary">
          {isBusy ? 'Stop' : 'Send'}
        </button>
      </div>
      <Options
        settings={settings}
        isDisabled={isBusy || text.trim() === ''}
        onLookUp={() => pass(onLookUp)}
        onChange={onChange}
      />
    </form>
  );
}

type OptionsProps = Pick<ComposerProps, 'settings' | 'onChange'> & {
  isDisabled: boolean;
  onLookUp: () => void;
};

function Options({ settings, isDisabled, onLookUp, onChange }: OptionsProps) {
  return (
    <div class="composer-options">
      <Tick
        label="skimp on"
        isOn={settings.isSkimpOn}
        onToggle={(isSkimpOn) => onChange({ isSkimpOn })}
      />
      <Tick
        label="Keep conversation"
        isOn={settings.keepsConversation}
        onToggle={(keepsConversation) => onChange({ keepsConversation })}
      />
      <span id="composer-keys" class="keys">
        <kbd>Enter</kbd> sends, <kbd>Shift</kbd>+<kbd>Enter</kbd> new line, <kbd>Esc</kbd> stops
      </span>
      <button
        type="button"
        class="look-up"
        title="Asks the cache what it would do; nothing is sent"
        aria-disabled={isDisabled}
        onClick={onLookUp}
      >
        Look up only
      </button>
    </div>
  );
}

type TickProps = { label: string; isOn: boolean; onToggle: (isOn: boolean) => void };

function Tick({ label, isOn, onToggle }: TickProps) {
  return (
    <label class="tick">
      <input
        type="checkbox"
        checked={isOn}
        onChange={(event) => onToggle(event.currentTarget.checked)}
      />
      {label}
    </label>
  );
}
