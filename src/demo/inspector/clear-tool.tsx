import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { DEMO_SCOPE } from '../skimp-host.js';
import type { InspectorSession } from './inspector-session.js';

/** Asks before it clears; the question takes the button's place, and the focus with it. */
export function ClearTool({ session }: { session: InspectorSession }): JSX.Element {
  const [isAsking, setAsking] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  useEffect(() => {
    if (wasAsking.current && !isAsking) opener.current?.focus();
    wasAsking.current = isAsking;
  }, [isAsking]);
  const hint = useId();
  if (isAsking) return <Question session={session} onDone={() => setAsking(false)} />;
  return (
    <div class="tool">
      <button type="button" ref={opener} aria-describedby={hint} onClick={() => setAsking(true)}>
        Clear…
      </button>
      <p class="small" id={hint}>
        Removes stored answers for good. Reports on wrong ones still count.
      </p>
    </div>
  );
}

type QuestionProps = { session: InspectorSession; onDone: () => void };

function Question({ session, onDone }: QuestionProps) {
  const text = useId();
  const safe = useRef<HTMLButtonElement>(null);
  useEffect(() => safe.current?.focus(), []);
  const clear = (scope: 'demo' | 'all') => {
    onDone();
    void session.clear(scope);
  };
  return (
    <div
      class="tool clear-question"
      role="alertdialog"
      aria-labelledby={text}
      onKeyDown={({ key }) => key === 'Escape' && onDone()}
    >
      <p id={text}>Remove every answer of the scope “{DEMO_SCOPE}”?</p>
      <div class="buttons">
        <button type="button" class="danger" onClick={() => clear('demo')}>
          Clear “{DEMO_SCOPE}”
        </button>
        <button type="button" class="danger" onClick={() => clear('all')}>
          Clear all scopes
        </button>
        <button type="button" ref={safe} onClick={onDone}>
          Keep
        </button>
      </div>
    </div>
  );
}
