import type { JSX } from 'preact';
import { useCallback, useMemo } from 'preact/hooks';
import { formatNoun, formatPercent } from '../format.js';
import { formatRisk, toScalePosition, toScaleRisk } from '../risk-scale.js';
import { type Bin, type Judged, toBins } from './chart-data.js';
import type { ChartColors } from './chart-colors.js';
import { ChartFigure } from './chart-figure.js';
import { Plot } from './plot.js';
import { histogramSpec, riskAxis } from './plot-specs.js';

const MIN_SIMILARITY = 0.4;

/** How similar the nearest earlier prompts were, and which of them were served. */
export function SimilarityChart({ judged }: { judged: readonly Judged[] }): JSX.Element {
  const bins = useMemo(
    () =>
      toBins(judged, {
        from: MIN_SIMILARITY,
        to: 1,
        count: 24,
        value: ({ similarity }) => similarity,
      }),
    [judged],
  );
  const served = judged.filter(({ isServed }) => isServed).map(({ similarity }) => similarity);
  const lowest = served.length === 0 ? undefined : Math.min(...served);
  const spec = useCallback(
    (colors: ChartColors) =>
      histogramSpec(colors, {
        from: MIN_SIMILARITY,
        to: 1,
        label: 'Similarity to the nearest earlier prompt',
        ...(lowest !== undefined && { line: { at: lowest, label: 'lowest served' } }),
      }),
    [lowest],
  );
  const refusedAbove = judged.filter(
    ({ isServed, similarity }) => !isServed && lowest !== undefined && similarity >= lowest,
  ).length;
  const summary =
    lowest === undefined
      ? `${toCounts(judged)}. None was served so far.`
      : `${toCounts(judged)}. The lowest similarity served is ${lowest.toFixed(3)}; ${formatNoun(refusedAbove, 'prompt')} above it ${refusedAbove === 1 ? 'was' : 'were'} sent on all the same: similarity alone does not decide.`;
  return (
    <ChartFigure
      title="Similarity"
      summary={summary}
      emptyText="Each prompt that is not an exact repeat is compared with the nearest earlier one."
      isEmpty={judged.length === 0}
      table={toTable(
        bins,
        'Similarity',
        ({ from, to }) => `${from.toFixed(3)} to ${to.toFixed(3)}`,
      )}
    >
      <Plot data={toData(bins)} spec={spec} version={lowest ?? ''} label={summary} />
    </ChartFigure>
  );
}

type RiskProps = { judged: readonly Judged[]; maxRisk: number | undefined; maxErrorRate: number };

/** How risky it would have been to serve, and the limit that decides. */
export function RiskChart({ judged, maxRisk, maxErrorRate }: RiskProps): JSX.Element {
  const bins = useMemo(
    () => toBins(judged, { from: 0, to: 1, count: 24, value: ({ risk }) => toScalePosition(risk) }),
    [judged],
  );
  const spec = useCallback(
    (colors: ChartColors) =>
      histogramSpec(colors, {
        from: 0,
        to: 1,
        label: 'Risk that the answer differs',
        axis: riskAxis,
        ...(maxRisk && {
          line: { at: toScalePosition(maxRisk), label: `limit ${formatRisk(maxRisk)}` },
        }),
      }),
    [maxRisk],
  );
  const limit =
    maxRisk === undefined
      ? 'No model runs, so there is no limit.'
      : `The limit at a budget of ${formatPercent(maxErrorRate)} is ${maxRisk === 0 ? '0: only exact repeats are served' : formatRisk(maxRisk)}.`;
  const summary = `${limit} ${toCounts(judged)}, each at the budget it was asked with.`;
  return (
    <ChartFigure
      title="Risk and its limit"
      summary={summary}
      emptyText="Similarity, verifier and guards become one risk. Below the limit, a prompt is served."
      isEmpty={judged.length === 0}
      table={toTable(bins, 'Risk', ({ from, to }) => `${toRiskText(from)} to ${toRiskText(to)}`)}
    >
      <Plot data={toData(bins)} spec={spec} version={maxRisk ?? ''} label={summary} />
    </ChartFigure>
  );
}

/** Served bars lie in front of bars of both. */
function toData(bins: readonly Bin[]): [number[], (number | null)[], (number | null)[]] {
  return [
    bins.map(({ from, to }) => (from + to) / 2),
    bins.map(({ served, refused }) => (refused === 0 ? null : served + refused)),
    bins.map(({ served }) => (served === 0 ? null : served)),
  ];
}

function toTable(bins: readonly Bin[], name: string, toRange: (bin: Bin) => string) {
  return {
    head: [name, 'Served', 'Sent on'],
    rows: bins
      .filter(({ served, refused }) => served + refused > 0)
      .map((bin) => [toRange(bin), String(bin.served), String(bin.refused)]),
  };
}

function toCounts(judged: readonly Judged[]): string {
  const served = judged.filter(({ isServed }) => isServed).length;
  return `${formatNoun(judged.length, 'prompt')} compared, ${served} served`;
}

function toRiskText(position: number): string {
  return formatRisk(toScaleRisk(position));
}
