import type { PromptComparison } from '../shared/decision.js';
import type { ShadowVerdict } from '../shared/shadow.js';

/**
 * The verifier was trained on prompts; what it says of answers was measured on 1,205 labelled pairs
 * in Chromium (statements of CondaQA, NegNLI, STS, PARADE; answers of the FAQ server; GSM8K
 * solutions with one number changed). From 0.9 on, no guard speaking, 153 of 162 agreed; up to 0.05,
 * or up to 0.3 where a guard spoke, or where one refused, 521 of 537 differed. 42 % lay between.
 */
const AGREE_FROM = 0.9;
const DIFFER_UP_TO = 0.05;
const DIFFER_WITH_GUARD_UP_TO = 0.3;

/** What the same-response model and the guards make of two texts. */
export type ReadPair = (first: string, second: string) => Promise<PromptComparison>;

/**
 * Whether two answers say the same. Sentences that both hold are left out first: among many equal
 * ones the verifier overlooks the one that differs. (Where pairs as above stood between the same two
 * texts, 7 of the 22 that it took for agreeing did not; of 149 solutions of which only the sentence
 * with the changed number was left, it took 147 for differing, and none for agreeing.) What is left
 * is read at once; what is longer than the verifier reads, code, and what only one answer says are
 * undecided.
 */
export async function compareAnswers(
  earlier: string,
  fresh: string,
  readPair: ReadPair,
): Promise<ShadowVerdict> {
  if (toPlain(earlier) === toPlain(fresh)) return 'agree';
  const [ours, theirs] = [toSentences(earlier), toSentences(fresh)];
  const left = withoutThoseOf(ours, theirs);
  const right = withoutThoseOf(theirs, ours);
  if (left === '' || right === '') return 'undecided';
  const { verifier, guards } = await readPair(left, right);
  if (guards.some(({ veto }) => veto)) return 'differ';
  if (verifier === undefined) return 'undecided';
  if (verifier <= (guards.length > 0 ? DIFFER_WITH_GUARD_UP_TO : DIFFER_UP_TO)) return 'differ';
  return verifier >= AGREE_FROM && guards.length === 0 ? 'agree' : 'undecided';
}

/** By their plain form, which tells whether two are the same. */
function toSentences(text: string): ReadonlyMap<string, string> {
  const sentences = text.split(/(?<=[.!?])\s+|\n+/).filter((sentence) => sentence.trim() !== '');
  return new Map(sentences.map((sentence) => [toPlain(sentence), sentence]));
}

function withoutThoseOf(
  sentences: ReadonlyMap<string, string>,
  others: ReadonlyMap<string, string>,
): string {
  return [...sentences]
    .filter(([plain]) => !others.has(plain))
    .map(([, sentence]) => sentence)
    .join(' ');
}

/** Without emphasis, and with one kind of blank: models vary these and mean the same. */
function toPlain(text: string): string {
  return text.normalize('NFC').replaceAll('**', '').replaceAll(/\s+/g, ' ').trim();
}
