import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';

type FigureProps = {
  title: string;
  /** What the chart comes to: said by screen readers in its place. */
  summary: string;
  /** How to fill it; shown while there is nothing to draw. */
  emptyText: string;
  isEmpty: boolean;
  table: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };
  children: ComponentChildren;
};

/** A chart with its title, what it comes to in words, and its numbers in a table. */
export function ChartFigure(props: FigureProps): JSX.Element {
  const { title, summary, emptyText, isEmpty, table, children } = props;
  const id = useId();
  return (
    <section class="panel" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {isEmpty ? (
        <p class="chart-empty">{emptyText}</p>
      ) : (
        <>
          <p class="small" data-testid="chart-summary">
            {summary}
          </p>
          {children}
          <details>
            <summary class="small">
              As a table<span class="visually-hidden">: {title}</span>
            </summary>
            <figure tabIndex={0} role="group" aria-label={`${title}, as a table`}>
              <ChartTable {...table} />
            </figure>
          </details>
        </>
      )}
    </section>
  );
}

function ChartTable({ head, rows }: FigureProps['table']) {
  return (
    <table>
      <thead>
        <tr>
          {head.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells, row) => (
          <tr key={row}>
            {cells.map((cell, column) => (
              <td key={column}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
