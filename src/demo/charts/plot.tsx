import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { type ChartColors, readChartColors } from './chart-colors.js';

/** What to draw; its size is the place's. */
export type PlotSpec = Omit<uPlot.Options, 'width' | 'height'>;

type PlotProps = {
  data: uPlot.AlignedData;
  /** Called anew when the colour scheme changes, or `version` does. */
  spec: (colors: ChartColors) => PlotSpec;
  version?: string | number;
  /** What it shows, in a sentence. */
  label: string;
};

const HEIGHT = 240;

/** A chart that fills its width and follows the colour scheme. */
export function Plot({ data, spec, version = '', label }: PlotProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>();
  const scheme = useColorScheme();
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const size = () => ({ width: Math.max(element.clientWidth, 1), height: HEIGHT });
    const created = new uPlot({ ...spec(readChartColors()), ...size() }, data, element);
    plot.current = created;
    const observer = new ResizeObserver(() => created.setSize(size()));
    observer.observe(element);
    return () => {
      observer.disconnect();
      created.destroy();
    };
  }, [scheme, version]);
  useEffect(() => plot.current?.setData(data), [data]);
  return <div class="plot" ref={place} role="img" aria-label={label} />;
}

function useColorScheme(): boolean {
  const [isDark, setIsDark] = useState(false);
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const read = () => setIsDark(query.matches);
    read();
    query.addEventListener('change', read);
    return () => query.removeEventListener('change', read);
  }, []);
  return isDark;
}
