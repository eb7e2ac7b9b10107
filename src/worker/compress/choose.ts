import type { Atom } from './atoms.js';
import { findSeparator, joinAtoms, toText } from './join-atoms.js';
import type { Slice } from './join-atoms.js';
import type { CountTokens } from './token-counting.js';

/** Real counts of a whole output, at most, while the estimate is corrected. */
const MAX_COUNTS = 8;
/** Atoms tried one by one for the last tokens, at most. */
const MAX_LAST_ATOMS = 24;
/** Share of the target that is not worth more counts. */
const NEAR = 0.002;
/** Atoms between two checkpoints. */
const STRIDE = 512;

export type ChoiceInput = {
  readonly text: string;
  readonly atoms: readonly Atom[];
  /** One an atom; the higher, the more it is wanted. */
  readonly scores: Float64Array;
  readonly originalTokens: number;
  /** Tokens of the output, fewer than `originalTokens`. */
  readonly target: number;
  /** Whether the output may come out above `target`, where that is nearer to it. */
  readonly mayExceed: boolean;
  readonly isCode: boolean;
  readonly count: CountTokens;
  /** Lets others run; rejects when the work is not wanted any more. */
  readonly checkpoint: () => Promise<void>;
};

/** What is kept. */
export type Choice = { readonly slices: readonly Slice[]; readonly tokens: number };

/**
 * Keeps the best atoms whose joined text has the target's tokens: by their score, of equal ones the
 * earlier; one that does not fit is passed by. What is fixed is always in, and where it takes so
 * much that little is left, the rest is kept at half the rate at least.
 *
 * @returns undefined when nothing fits, or all of it.
 */
export async function chooseAtoms(input: ChoiceInput): Promise<Choice | undefined> {
  const ranking = await rankAtoms(input);
  const { wanted, fixedTokens } = toWanted(input);
  const isCandidateBetter = (candidate: Attempt, best: Attempt) =>
    distance(candidate, wanted, input.mayExceed) < distance(best, wanted, input.mayExceed);
  const tried = new Set<number>();
  let room = Math.max(0, wanted - fixedTokens);
  let best: Attempt | undefined;
  while (tried.size < MAX_COUNTS && !tried.has(room) && best?.tokens !== wanted) {
    tried.add(room);
    await input.checkpoint();
    const attempt = toAttempt(input, fill(ranking, room, input.mayExceed));
    if (best === undefined || isCandidateBetter(attempt, best)) best = attempt;
    // The joined text has more or fewer tokens than its atoms: the next try makes up for it.
    room = Math.max(0, room + wanted - attempt.tokens);
  }
  if (best === undefined) return undefined;
  const { chosen, slices, tokens } = await addLastAtoms(best, { input, ranking, wanted });
  const isPart = chosen.includes(1) && chosen.includes(0);
  return isPart ? { slices, tokens } : undefined;
}

type Attempt = Choice & { readonly chosen: Uint8Array };

/** How far it is from what is wanted; what must not exceed it and does is further than all else. */
function distance({ tokens }: Choice, wanted: number, mayExceed: boolean): number {
  const excess = tokens - wanted;
  return excess > 0 && !mayExceed ? 1e9 + excess : Math.abs(excess);
}

function toWanted({ text, atoms, isCode, ...input }: ChoiceInput): {
  readonly wanted: number;
  readonly fixedTokens: number;
} {
  const { target, originalTokens, count } = input;
  if (!atoms.some(({ isFixed }) => isFixed)) return { wanted: target, fixedTokens: 0 };
  const fixed = joinAtoms({ text, atoms }, (index) => atoms[index]!.isFixed, { isCode });
  const fixedTokens = count(toText(text, fixed));
  const rest = Math.max(0, originalTokens - fixedTokens);
  const least = fixedTokens + Math.round((rest * target) / originalTokens / 2);
  return { wanted: Math.max(target, least), fixedTokens };
}

type Ranking = {
  /** Atoms that may be dropped, the best first. */
  readonly order: Uint32Array;
  /** About the tokens that each atom adds to an output. */
  readonly costs: Float64Array;
  readonly atoms: readonly Atom[];
};

async function rankAtoms({ text, atoms, scores, isCode, ...input }: ChoiceInput): Promise<Ranking> {
  const costs = new Float64Array(atoms.length);
  let from = 0;
  for (const [index, { start, end }] of atoms.entries()) {
    if (index % STRIDE === 0) await input.checkpoint();
    const separator =
      index === 0 ? '' : text.slice(...findSeparator(text, [from, start], { isCode }));
    costs[index] = input.count(separator + text.slice(start, end));
    from = end;
  }
  const open = atoms.flatMap(({ isFixed }, index) => (isFixed ? [] : [index]));
  open.sort((a, b) => scores[b]! - scores[a]! || a - b);
  return { order: Uint32Array.from(open), costs, atoms };
}

/** Marks the atoms to keep: the fixed ones, and the best that fit into `room` tokens. */
function fill({ order, costs, atoms }: Ranking, room: number, mayExceed: boolean): Uint8Array {
  const chosen = Uint8Array.from(atoms, ({ isFixed }) => (isFixed ? 1 : 0));
  let left = room;
  for (const index of order) {
    const cost = costs[index]!;
    if (cost > left && !(mayExceed && cost - left < left)) continue;
    chosen[index] = 1;
    left -= cost;
  }
  return chosen;
}

function toAttempt({ text, atoms, isCode, count }: ChoiceInput, chosen: Uint8Array): Attempt {
  const slices = joinAtoms({ text, atoms }, (index) => chosen[index] === 1, { isCode });
  return { chosen, slices, tokens: count(toText(text, slices)) };
}

type LastParts = {
  readonly input: ChoiceInput;
  readonly ranking: Ranking;
  readonly wanted: number;
};

/** Adds atoms one by one, each counted in its place, while tokens are left. */
async function addLastAtoms(
  attempt: Attempt,
  { input, ranking, wanted }: LastParts,
): Promise<Attempt> {
  let best = attempt;
  let counts = 0;
  for (const index of ranking.order) {
    const left = wanted - best.tokens;
    if (left <= NEAR * wanted || counts >= MAX_LAST_ATOMS) break;
    if (best.chosen[index] === 1 || ranking.costs[index]! > left + 1) continue;
    await input.checkpoint();
    counts += 1;
    const chosen = Uint8Array.from(best.chosen);
    chosen[index] = 1;
    const next = toAttempt(input, chosen);
    if (next.tokens <= wanted && next.tokens > best.tokens) best = next;
  }
  return best;
}
