/** Whether a prompt is the kind of text whose meaning an embedding catches, or why not. */
export type SemanticReadiness = 'ok' | 'no-words' | 'code' | 'structured' | 'encoded';

/** Longer prompts are judged by their beginning and their end. */
const maxSample = 4_000;
/** A run of this many base64 or hex characters without a blank is no word of any language. */
const minEncodedRun = 80;
/** Share of symbols typical of code past which prose is not credible; prose has about 0.03. */
const maxSymbolShare = 0.2;
/** Fewer symbols than this are a remark in passing: `is a < b && b < c valid?` */
const minSymbols = 6;
/** Lines of code that turn a prompt into one about that very code. */
const minCodeLines = 3;

/**
 * Gates the semantic tier. Embeddings of code, documents and wordless text lie close together
 * whatever they say, so such prompts are answered by the exact tier only.
 */
export function toSemanticReadiness(text: string): SemanticReadiness {
  const sample =
    text.length > maxSample ? text.slice(0, maxSample / 2) + text.slice(-maxSample / 2) : text;
  if (!/\p{L}{2}|\p{Lo}/u.test(sample)) return 'no-words';
  if (hasEncodedRun(sample)) return 'encoded';
  if (isStructured(sample)) return 'structured';
  return isCode(sample) ? 'code' : 'ok';
}

function hasEncodedRun(text: string): boolean {
  const runs = text.match(/[A-Za-z0-9+/=_-]+/g) ?? [];
  return runs.some((run) => run.length >= minEncodedRun);
}

/** JSON, XML or HTML, alone or pasted below a question. */
function isStructured(text: string): boolean {
  const trimmed = text.trim();
  if (/^[{[]/.test(trimmed) && /[}\]]$/.test(trimmed)) return true;
  if (/^<[?!a-zA-Z]/.test(trimmed) && trimmed.endsWith('>')) return true;
  const keys = text.match(/"[^"\n]{1,80}"\s{0,4}:/g) ?? [];
  const closingTags = text.match(/<\/[a-zA-Z][^<>\n]{0,80}>/g) ?? [];
  return keys.length >= 2 || closingTags.length >= 2;
}

function isCode(text: string): boolean {
  if (text.includes('```') || text.includes('~~~')) return true;
  const lines = text.split('\n');
  const codeLines = lines.filter(
    (line) =>
      /[;{}]\s*$/.test(line) ||
      /^\s*(?:def|class|import|from|return|#include|if|for|while)\b.*[:;>)]\s*$/.test(line),
  );
  if (codeLines.length >= minCodeLines) return true;
  const symbols = text.match(/[{}[\]()<>;=|&\\^~$#*_@`]/g) ?? [];
  const solid = text.replace(/\s+/g, '').length;
  return symbols.length >= minSymbols && symbols.length / solid > maxSymbolShare;
}
