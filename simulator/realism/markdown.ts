import type { RealismReport, RealismRow } from './realism.js';
import { cellsOf, summaryOf } from './table-text.js';
import { TOLERANCES, type Tolerance } from './target.js';

/** What the plots are called in the report, and what each shows. */
export const PLOTS = {
  'distributions-icu.svg': 'Distributions in intensive care',
  'distributions-ward.svg': 'Distributions on general wards',
  'autocorrelations.svg': 'Autocorrelation within patients in intensive care',
  'correlations.svg': 'Correlation within patients in intensive care',
  'circadian.svg': 'The day on general wards',
} as const;

/** The report as Markdown: what was missed first, then every target with its source, then the plots. */
export function reportMarkdown(report: RealismReport): string {
  const missed = report.rows.filter((row) => !row.ok);
  return [
    '# Realism of the simulator',
    '',
    `${summaryOf(report)}. Every figure is of simulated readings as a monitor shows them, of those that are plausible.`,
    '',
    ...(missed.length === 0 ? [] : ['## Missed', '', ...table(missed), '']),
    '## Targets',
    '',
    ...table(report.rows),
    '',
    '## Where the bands come from',
    '',
    ...Object.entries(TOLERANCES).map(([name, reason]) => `- \`${name}\`: ${reason}.`),
    '',
    '## Plots',
    '',
    ...Object.entries(PLOTS).map(([file, title]) => `![${title}](${file})\n`),
  ].join('\n');
}

function table(rows: readonly RealismRow[]): string[] {
  return [
    '| profile | target | published | band | measured | | band from | source |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...rows.map((row) => `| ${[...cellsOf(row), tolerance(row.target.tolerance), row.target.source].join(' | ')} |`),
  ];
}

function tolerance(name: Tolerance): string {
  return `\`${name}\``;
}
