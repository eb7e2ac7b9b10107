/**
 * The rules that object to reusing an answer although two prompts look alike. Each names one kind
 * of small edit that changes what the right answer is.
 */
export const guardNames = [
  'numbers',
  'dates',
  'negation',
  'antonyms',
  'order',
  'names',
  'question',
  'superlatives',
  'roles',
  'conditions',
  'predicates',
] as const;

/** See {@link guardNames}. */
export type GuardName = (typeof guardNames)[number];

/** Why a guard objected: which rule, and the words that differ. */
export type GuardFinding = {
  readonly guard: GuardName;
  /** What differs, for people: `2019 / 2020`. Holds prompt words: show it, never log it remotely. */
  readonly detail: string;
  /** True where the rule is certain: the answer is refused. Otherwise it only raises the risk. */
  readonly veto: boolean;
};
