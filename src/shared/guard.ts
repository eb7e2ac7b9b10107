/**
 * The rules that refuse to reuse an answer although two prompts look alike. Each names one kind of
 * small edit that changes what the right answer is.
 */
export const guardNames = [
  'numbers',
  'dates',
  'negation',
  'antonyms',
  'order',
  'names',
  'question',
] as const;

/** See {@link guardNames}. */
export type GuardName = (typeof guardNames)[number];

/** Why a guard refused: which rule, and the words that differ. */
export type GuardFinding = {
  readonly guard: GuardName;
  /** What differs, for people: `2019 / 2020`. Holds prompt words: show it, never log it remotely. */
  readonly detail: string;
};
