import type { JSX } from 'preact';
import { useId, useMemo, useState } from 'preact/hooks';
import type { Compressed } from './compressor-session.js';
import { CopyButton } from './copy-button.js';
import { toParts } from './diff-pieces.js';
import { DiffText } from './diff-text.js';
import { Legend } from './legend.js';
import { PartPager } from './part-pager.js';
import { type DiffView, ViewSwitch } from './view-switch.js';

type DiffPanelProps = {
  compressed: Compressed | undefined;
  isBusy: boolean;
  announce: (text: string) => void;
};

/** Code units drawn at a time: some 2,000 words, which any machine draws in a frame or two. */
const PART_LENGTH = 12_000;

/** What is kept and what is dropped, word by word. */
export function DiffPanel({ compressed, isBusy, announce }: DiffPanelProps): JSX.Element {
  const id = useId();
  const [view, setView] = useState<DiffView>('diff');
  return (
    <section class="panel diff" aria-labelledby={id} aria-busy={isBusy}>
      <div class="diff-head">
        <h2 id={id}>Kept and dropped</h2>
        {compressed && (
          <>
            <CopyButton text={compressed.result.text} announce={announce} />
            <ViewSwitch view={view} onChange={setView} />
          </>
        )}
      </div>
      {compressed ? (
        // Another text is read from its beginning.
        <Diff key={compressed.prompt.text} compressed={compressed} view={view} />
      ) : (
        <p class="small">Here the words appear that are kept, and those that are dropped.</p>
      )}
    </section>
  );
}

function Diff({ compressed, view }: { compressed: Compressed; view: DiffView }) {
  const { text } = compressed.prompt;
  const parts = useMemo(() => toParts(text, PART_LENGTH), [text]);
  const [index, setIndex] = useState(0);
  const part = parts[index] ?? [0, 0];
  const column = (hasDropped: boolean, label: string) => (
    <div
      key={`${label} ${index}`}
      class="diff-column"
      role="region"
      tabIndex={0}
      aria-label={label}
    >
      {view === 'both' && <h3 aria-hidden="true">{label}</h3>}
      <DiffText compressed={compressed} part={part} hasDropped={hasDropped} />
    </div>
  );
  return (
    <>
      <div class="diff-body" data-view={view}>
        <Legend compressed={compressed} hasDropped={view !== 'sent'} />
        {view !== 'sent' && column(true, 'Diff')}
        {view !== 'diff' && column(false, 'What is sent')}
      </div>
      {parts.length > 1 && <PartPager index={index} count={parts.length} onGo={setIndex} />}
    </>
  );
}
