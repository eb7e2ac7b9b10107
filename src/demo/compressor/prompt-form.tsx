import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { CompressionTask } from '../../shared/compression.js';
import type { Prompt } from './examples.js';

type PromptFormProps = { prompt: Prompt; onChange: (part: Partial<Prompt>) => void };

/**
 * Code units from which a pasted text cannot be undone, in exchange for a page that does not freeze:
 * Chromium's editor takes minutes for a megabyte.
 */
const LONG_PASTE = 20_000;

const taskLabels: Readonly<Record<CompressionTask, string>> = {
  qa: 'Answer a question',
  summary: 'Summarize',
  code: 'Explain code',
};

/** The text, what is asked about it, and what the answer will be made of. */
export function PromptForm({ prompt, onChange }: PromptFormProps): JSX.Element {
  const id = useId();
  return (
    <section class="panel prompt" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>Prompt</h2>
      <div>
        <label for={`${id}-text`}>Text</label>
        <textarea
          id={`${id}-text`}
          value={prompt.text}
          placeholder="Paste an article, a transcript, code, anything up to 200,000 words"
          spellcheck={false}
          data-is-code={prompt.task === 'code'}
          autocomplete="off"
          onInput={(event) => onChange({ text: event.currentTarget.value })}
          onPaste={(event) => {
            if (pasteLong(event)) onChange({ text: event.currentTarget.value });
          }}
        />
      </div>
      <div class="asked">
        <div>
          <label for={`${id}-question`}>Question or instruction</label>
          <input
            id={`${id}-question`}
            type="text"
            value={prompt.question}
            placeholder="What the text is to answer"
            autocomplete="off"
            aria-describedby={`${id}-hint`}
            onInput={(event) => onChange({ question: event.currentTarget.value })}
          />
        </div>
        <TaskField task={prompt.task} onChange={onChange} />
      </div>
      <p id={`${id}-hint`} class="small">
        The question is sent whole, after the text; words that do not bear on it are dropped first.
      </p>
    </section>
  );
}

/**
 * Inserts a long text past the browser's editor.
 *
 * @returns whether it did; the editor has the others.
 */
function pasteLong(event: JSX.TargetedClipboardEvent<HTMLTextAreaElement>): boolean {
  const text = event.clipboardData?.getData('text/plain') ?? '';
  if (text.length < LONG_PASTE) return false;
  event.preventDefault();
  const { selectionStart, selectionEnd } = event.currentTarget;
  event.currentTarget.setRangeText(text, selectionStart, selectionEnd, 'end');
  return true;
}

type TaskFieldProps = { task: CompressionTask; onChange: PromptFormProps['onChange'] };

function TaskField({ task, onChange }: TaskFieldProps) {
  const id = useId();
  const choices = Object.entries(taskLabels) as [CompressionTask, string][]; // of a closed record
  return (
    <div>
      <label for={id}>Task</label>
      <select
        id={id}
        value={task}
        onChange={({ currentTarget }) => {
          const chosen = choices.find(([name]) => name === currentTarget.value);
          if (chosen !== undefined) onChange({ task: chosen[0] });
        }}
      >
        {choices.map(([name, label]) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}
