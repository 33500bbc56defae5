import { attribute, fill, h, text } from '../dom/element.js';

/** A chart as numbers: made only when somebody looks at it. */
export interface ChartTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The frame of a chart: heading, what it says now, and a button that shows its numbers instead. */
export interface ChartFigure {
  readonly element: HTMLElement;
  /** Where the chart is drawn. */
  readonly canvas: HTMLElement;
  /** A summary for those who do not see the chart; also its description. */
  describe(summary: string): void;
  /** The value beside the heading. */
  readout(value: string): void;
  /** The data has changed: a table that is open is drawn again. */
  changed(): void;
}

/** @param heading level 2 or 3, as it stands in the page */
export function chartFigure(title: string, level: 'h2' | 'h3', table: () => ChartTable): ChartFigure {
  const canvas = h('div', { class: 'chart-canvas', role: 'img', 'aria-label': title });
  const numbers = h('div', { class: 'chart-numbers', tabindex: '0', role: 'region', 'aria-label': `${title}, table` });
  numbers.hidden = true;
  const value = h('span', { class: 'chart-readout' });
  const draw = (): void => fill(numbers, drawTable(table()));
  const button = h('button', { type: 'button', class: 'quiet', 'aria-pressed': 'false' }, 'Table');
  attribute(button, 'aria-label', `${title}: show as table`);
  button.addEventListener('click', () => {
    numbers.hidden = !numbers.hidden;
    canvas.hidden = !numbers.hidden;
    attribute(button, 'aria-pressed', String(!numbers.hidden));
    if (!numbers.hidden) draw();
  });
  const head = h('div', { class: 'chart-head' }, h(level, {}, title), value, button);
  return {
    element: h('figure', { class: 'chart' }, head, canvas, numbers),
    canvas,
    describe: (summary) => attribute(canvas, 'aria-label', `${title}. ${summary}`),
    readout: (shown) => text(value, shown),
    changed: () => {
      if (!numbers.hidden) draw();
    },
  };
}

/** A table of texts: the first cell of a row is its heading. */
export function drawTable({ caption, columns, rows }: ChartTable): HTMLTableElement {
  return h(
    'table',
    {},
    h('caption', {}, caption),
    h('thead', {}, h('tr', {}, ...columns.map((column) => h('th', { scope: 'col' }, column)))),
    h('tbody', {}, ...rows.map(([first = '', ...rest]) => tableRow(first, rest))),
  );
}

function tableRow(first: string, rest: readonly string[]): HTMLTableRowElement {
  return h('tr', {}, h('th', { scope: 'row' }, first), ...rest.map((cell) => h('td', {}, cell)));
}
