import uPlot from 'uplot';
import { formatCount, formatMs } from '../format.js';
import { toScalePosition } from '../risk-scale.js';
import type { ChartColors } from './chart-colors.js';
import type { PlotSpec } from './plot.js';

const POINT_SIZE = 8;

const noPaths: uPlot.Series.PathBuilder = () => null;
/** Both are optional in uPlot's types, for builds without them. */
const stepped = uPlot.paths.stepped?.({ align: 1 }) ?? noPaths;
const bars = uPlot.paths.bars?.({ size: [0.9] }) ?? noPaths;

/** Answers in order; time on a log scale, so that hits and misses are both seen. */
export function latencySpec(colors: ChartColors): PlotSpec {
  const points = (label: string, color: string): uPlot.Series => ({
    label,
    stroke: color,
    paths: noPaths, // answers are apart: no line between them
    points: { show: true, size: POINT_SIZE, fill: color },
    value: (_plot, ms) => (ms === null ? '' : formatMs(ms)),
  });
  return {
    scales: { x: { time: false, range: widen(0.5) }, y: { distr: 3, range: toDecades } },
    axes: [
      axis(colors, { label: 'Answer', incrs: [1, 2, 5, 10, 20, 50, 100] }),
      axis(colors, {
        size: 70,
        grid: { stroke: colors.line, width: 1, filter: toDecadesOnly },
        ticks: { stroke: colors.line, width: 1, size: 4, filter: toDecadesOnly },
        values: (_plot, splits) => splits.map((ms) => (isPowerOfTen(ms) ? formatMs(ms) : '')),
      }),
    ],
    series: [
      { label: 'Answer' },
      points('Exact hit', colors.exact),
      points('Semantic hit', colors.semantic),
      points('From the model', colors.miss),
    ],
  };
}

/** Two steps upwards: tokens on the left, seconds on the right. */
export function savingsSpec(colors: ChartColors): PlotSpec {
  const step = (label: string, scale: string, color: string): uPlot.Series => ({
    label,
    scale,
    stroke: color,
    width: 2,
    paths: stepped,
    points: { show: false },
  });
  return {
    scales: { x: { time: false }, tokens: { range: fromZero }, seconds: { range: fromZero } },
    axes: [
      axis(colors, { label: 'Seconds since the first question' }),
      axis(colors, { scale: 'tokens', stroke: colors.accent, size: 56 }),
      axis(colors, {
        scale: 'seconds',
        stroke: colors.semantic,
        side: 1,
        size: 44,
        grid: { show: false },
      }),
    ],
    series: [
      { label: 'After', value: (_plot, x) => (x === null ? '' : `${x.toFixed(1)} s`) },
      {
        ...step('Tokens saved', 'tokens', colors.accent),
        fill: `color-mix(in srgb, ${colors.accent} 14%, transparent)`,
        value: (_plot, tokens) => (tokens === null ? '' : formatCount(tokens)),
      },
      {
        ...step('Time saved', 'seconds', colors.semantic),
        dash: [5, 4],
        value: (_plot, seconds) => (seconds === null ? '' : formatMs(seconds * 1_000)),
      },
    ],
  };
}

export type HistogramOptions = {
  /** Ends of the x axis. */
  readonly from: number;
  readonly to: number;
  readonly label: string;
  /** Where a vertical line is drawn, and what it is called. */
  readonly line?: { readonly at: number; readonly label: string } | undefined;
  readonly axis?: Partial<uPlot.Axis>;
};

/** Bars of two parts: what was served lies in front of all. */
export function histogramSpec(
  colors: ChartColors,
  { from, to, label, line, axis: xAxis = {} }: HistogramOptions,
): PlotSpec {
  const part = (name: string, color: string): uPlot.Series => ({
    label: name,
    stroke: color,
    fill: color,
    paths: bars,
    points: { show: false },
  });
  return {
    scales: { x: { time: false, range: () => [from, to] }, y: { range: fromZero } },
    axes: [
      axis(colors, { label, ...xAxis }),
      axis(colors, { size: 44, incrs: [1, 2, 5, 10, 20, 50, 100] }),
    ],
    series: [{ label, show: false }, part('Sent on', colors.miss), part('Served', colors.semantic)],
    legend: { live: false },
    cursor: { show: false },
    hooks: line === undefined ? {} : { draw: [(plot) => drawLine(plot, line, colors)] },
  };
}

/** The risk axis is lettered in per cent, at its places in logits. */
export const riskAxis: Partial<uPlot.Axis> = {
  splits: () => [0.01, 0.1, 0.5, 0.9, 0.99].map(toScalePosition),
  values: () => ['1 %', '10 %', '50 %', '90 %', '99 %'],
};

function axis(colors: ChartColors, part: Partial<uPlot.Axis>): uPlot.Axis {
  const grid = { stroke: colors.line, width: 1 };
  return {
    stroke: colors.muted,
    grid,
    ticks: { ...grid, size: 4 },
    font: `12px ${fontFamily()}`,
    labelFont: `12px ${fontFamily()}`,
    labelSize: 18,
    size: 32,
    ...part,
  };
}

function fontFamily(): string {
  return getComputedStyle(document.body).fontFamily;
}

function drawLine(
  plot: uPlot,
  { at, label }: NonNullable<HistogramOptions['line']>,
  colors: ChartColors,
): void {
  const { ctx, bbox } = plot;
  const x = Math.round(plot.valToPos(at, 'x', true));
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = colors.text;
  ctx.fillStyle = colors.text;
  ctx.lineWidth = 1.5 * ratio;
  ctx.setLineDash([4 * ratio, 3 * ratio]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.font = `${12 * ratio}px ${fontFamily()}`;
  const isRight = x > bbox.left + bbox.width / 2;
  ctx.textAlign = isRight ? 'right' : 'left';
  ctx.fillText(label, x + (isRight ? -6 : 6) * ratio, bbox.top + 12 * ratio);
  ctx.restore();
}

function widen(by: number): uPlot.Range.Function {
  return (_plot, min, max) => [(min ?? 0) - by, (max ?? 1) + by];
}

/** From 0, with a little room above. */
function fromZero(_plot: uPlot, _min: number | null, max: number | null): [number, number] {
  return [0, Math.max(1, (max ?? 0) * 1.1)];
}

/** Whole decades, so that equal distances are equal ratios. */
function toDecades(_plot: uPlot, min: number | null, max: number | null): [number, number] {
  const low = Math.floor(Math.log10(Math.max(min ?? 1, 0.1)));
  const high = Math.ceil(Math.log10(Math.max(max ?? 1_000, 1)));
  return [10 ** low, 10 ** Math.max(high, low + 1)];
}

function toDecadesOnly(_plot: uPlot, splits: number[]): (number | null)[] {
  return splits.map((split) => (isPowerOfTen(split) ? split : null));
}

function isPowerOfTen(value: number): boolean {
  return Number.isInteger(Math.log10(value));
}
