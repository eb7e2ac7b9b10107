import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { formatCount, formatMoney, formatMs, formatNoun } from '../format.js';
import { noTotals, type Prices, type Savings, toMoney } from '../savings.js';
import { type Answered, type Source, toMedian, toSavingsOverTime } from './chart-data.js';
import { ChartFigure } from './chart-figure.js';
import { Plot } from './plot.js';
import { latencySpec, savingsSpec } from './plot-specs.js';

const sourceTexts: Readonly<Record<Source, string>> = {
  exact: 'exact hit',
  semantic: 'semantic hit',
  model: 'from the model',
};

/** How long each answer took, by where it came from. */
export function LatencyChart({ answers }: { answers: readonly Answered[] }): JSX.Element {
  const summary = toLatencySummary(answers);
  const data = useMemo(() => {
    const column = (source: Source) =>
      // A log scale has no zero.
      answers.map((one) => (one.source === source ? Math.max(one.elapsedMs, 0.1) : null));
    const numbers = answers.map(({ number }) => number);
    return [numbers, column('exact'), column('semantic'), column('model')] as [
      number[],
      ...(number | null)[][],
    ];
  }, [answers]);
  return (
    <ChartFigure
      title="Time to the whole answer"
      summary={summary}
      emptyText="Each answer becomes a point: hits below, answers of the model above."
      isEmpty={answers.length === 0}
      table={{
        head: ['Question', 'Source', 'Time'],
        rows: answers.map(({ question, source, elapsedMs }) => [
          question,
          sourceTexts[source],
          formatMs(elapsedMs),
        ]),
      }}
    >
      <Plot data={data} spec={latencySpec} label={summary} />
    </ChartFigure>
  );
}

type SavingsProps = { answers: readonly Answered[]; prices: Prices };

/** What had been saved after each answer. */
export function SavingsChart({ answers, prices }: SavingsProps): JSX.Element {
  const points = useMemo(() => toSavingsOverTime(answers), [answers]);
  const data = useMemo(
    () =>
      [
        points.map(({ seconds }) => seconds),
        points.map(({ tokens }) => tokens),
        points.map(({ savedSeconds }) => savedSeconds),
      ] as [number[], number[], number[]],
    [points],
  );
  const summary = toSavingsSummary(answers, prices);
  return (
    <ChartFigure
      title="Saved over time"
      summary={summary}
      emptyText="Each hit lifts the lines: by the tokens and the time that its answer cost at first."
      isEmpty={answers.length === 0}
      table={{
        head: ['After', 'Tokens saved', 'Time saved'],
        rows: points.map(({ seconds, tokens, savedSeconds }) => [
          `${seconds.toFixed(1)} s`,
          formatCount(tokens),
          formatMs(savedSeconds * 1_000),
        ]),
      }}
    >
      <Plot data={data} spec={savingsSpec} label={summary} />
    </ChartFigure>
  );
}

function toLatencySummary(answers: readonly Answered[]): string {
  const toPart = (isModel: boolean, [name, plural]: readonly [string, string]) => {
    const times = answers
      .filter(({ source }) => (source === 'model') === isModel)
      .map(({ elapsedMs }) => elapsedMs);
    const median = toMedian(times);
    return median === undefined
      ? `no ${plural} yet`
      : `${formatNoun(times.length, name, plural)}, median ${formatMs(median)}`;
  };
  const hits = toPart(false, ['hit', 'hits']);
  return `${toPart(true, ['miss', 'misses'])}; ${hits}. The scale is logarithmic.`;
}

function toSavingsSummary(answers: readonly Answered[], prices: Prices): string {
  const total = answers.reduce<Savings>(
    (sum, { savings }) => ({
      promptTokens: sum.promptTokens + savings.promptTokens,
      completionTokens: sum.completionTokens + savings.completionTokens,
      ms: sum.ms + savings.ms,
    }),
    noTotals,
  );
  const tokens = formatCount(total.promptTokens + total.completionTokens);
  return `${tokens} tokens, ${formatMoney(toMoney(total, prices))} and ${formatMs(total.ms)} saved in ${formatNoun(answers.length, 'answer')}.`;
}
