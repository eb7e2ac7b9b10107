/** The page's colours, as a canvas wants them. */
export type ChartColors = Readonly<
  Record<'text' | 'muted' | 'line' | 'exact' | 'semantic' | 'miss' | 'accent', string>
>;

/** Reads the tokens of the colour scheme in use. */
export function readChartColors(): ChartColors {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    text: read('text'),
    muted: read('muted'),
    line: read('line'),
    exact: read('exact'),
    semantic: read('semantic'),
    miss: read('miss-mark'),
    accent: read('accent'),
  };
}
