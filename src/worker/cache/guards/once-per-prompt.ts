import type { PromptWords } from './prompt-words.js';

/** Remembers what was read from a prompt: a new prompt is checked against several stored ones. */
export function oncePerPrompt<T>(read: (prompt: PromptWords) => T): (prompt: PromptWords) => T {
  const known = new WeakMap<PromptWords, { readonly value: T }>();
  return (prompt) => {
    let entry = known.get(prompt);
    if (entry === undefined) known.set(prompt, (entry = { value: read(prompt) }));
    return entry.value;
  };
}
