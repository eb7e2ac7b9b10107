import { formatPercent } from './format.js';

/** Risks at the ends of the scale: past them nothing can be told apart. */
const LOWEST = 0.001;

/**
 * Where a risk lies on the scale: in logits, as risks are made, so that 0.1 % and 1 % are as far
 * apart as 99 % and 99.9 %.
 *
 * @param risk - 0 to 1.
 * @returns 0 (0.1 % and less) to 1 (99.9 % and more).
 */
export function toScalePosition(risk: number): number {
  const end = toLogit(1 - LOWEST);
  return Math.min(1, Math.max(0, (toLogit(risk) + end) / (2 * end)));
}

/** From a place on the scale back to the risk there. */
export function toScaleRisk(position: number): number {
  const end = toLogit(1 - LOWEST);
  return 1 / (1 + Math.exp(end - position * 2 * end));
}

/** One sentence on how far a risk is from the limit. */
export function toDistanceText(risk: number, maxRisk: number): string {
  if (maxRisk === 0) return 'At this budget no other wording is served.';
  if (risk >= 1) return 'The answer differs for certain: no budget serves it.';
  if (risk === 0) return 'There is no risk: it is the same text.';
  const logits = toLogit(maxRisk) - toLogit(risk);
  const times = Math.exp(Math.abs(logits));
  if (times < 1.05) return 'The risk is right at the limit.';
  const text = times < 10 ? times.toFixed(1) : String(Math.round(times));
  return logits > 0
    ? `The odds of a wrong answer are ${text} times lower than the limit allows.`
    : `The odds of a wrong answer are ${text} times higher than the limit allows.`;
}

/** For risks: small ones keep their digits. */
export function formatRisk(risk: number): string {
  if (risk > 0 && risk < 0.001) return 'below 0.1 %';
  if (risk > 0.999 && risk < 1) return 'above 99.9 %';
  return formatPercent(risk);
}

function toLogit(share: number): number {
  return Math.log(share / (1 - share));
}
