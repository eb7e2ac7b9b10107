import type { CompressionTask } from '../../shared/compression.js';
import type { ProtectedSpan } from './protect/span.js';
import type { TextUnits } from './text-units.js';

/** What is kept or dropped as one: a word, a protected span, or a statement of code. */
export type Atom = {
  /** Slice of the text, in UTF-16 code units; between atoms is nothing but white space. */
  readonly start: number;
  readonly end: number;
  /** Its words, `[first, last)`. */
  readonly first: number;
  readonly last: number;
  /** Whether it is in every output. */
  readonly isFixed: boolean;
};

export type ProtectedText = {
  readonly units: TextUnits;
  /** In order and apart. */
  readonly spans: readonly ProtectedSpan[];
  readonly task: CompressionTask;
};

/** Gathers words into atoms, in order: what one span touches is one atom. */
export function toAtoms({ units, spans, task }: ProtectedText): readonly Atom[] {
  const parts = task === 'code' ? toStatements(units) : toWords(units);
  const atoms: Atom[] = [];
  let at = 0;
  for (const span of spans) {
    while (at < parts.length && parts[at]!.end <= span.start) atoms.push(parts[at++]!);
    const touched: Atom[] = [];
    // The last word of the span before may reach into this one.
    if ((atoms.at(-1)?.end ?? 0) > span.start) touched.push(atoms.pop()!);
    while (at < parts.length && parts[at]!.start < span.end) touched.push(parts[at++]!);
    if (touched.length > 0) atoms.push(joinAtSpan(touched, span, task));
  }
  while (at < parts.length) atoms.push(parts[at++]!);
  return atoms;
}

/** Mean of each atom's word scores. */
export function scoreAtoms(atoms: readonly Atom[], wordScores: Float64Array): Float64Array {
  return Float64Array.from(atoms, ({ first, last }) => {
    let sum = 0;
    for (let word = first; word < last; word += 1) sum += wordScores[word]!;
    return sum / (last - first);
  });
}

function toWords({ words }: TextUnits): readonly Atom[] {
  return words.map(([start, end], first) => ({
    start,
    end,
    first,
    last: first + 1,
    isFixed: false,
  }));
}

function toStatements({ words, sentences }: TextUnits): readonly Atom[] {
  return sentences.map((first, at) => {
    const last = sentences[at + 1] ?? words.length;
    return { start: words[first]![0], end: words[last - 1]![1], first, last, isFixed: false };
  });
}

function joinAtSpan(touched: readonly Atom[], span: ProtectedSpan, task: CompressionTask): Atom {
  const [head, tail] = [touched[0]!, touched.at(-1)!];
  return {
    start: Math.min(head.start, span.start),
    end: Math.max(tail.end, span.end),
    first: head.first,
    last: tail.last,
    isFixed: isFixedSpan(span, task) || touched.some(({ isFixed }) => isFixed),
  };
}

/**
 * Whether a span is in every output. In code nearly every line has what would be JSON, a tag or a
 * placeholder in prose.
 */
export function isFixedSpan({ mode, kind }: ProtectedSpan, task: CompressionTask): boolean {
  return mode === 'keep' && (task !== 'code' || kind === 'keep-region' || kind === 'code-fence');
}
