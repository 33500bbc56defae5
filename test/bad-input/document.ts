import { TABLE } from './row-names.js';

const INTRODUCTION = `# Bad input

What becomes of what should not have been sent. **D** dead letter, **R** repaired and flagged, **Q** accepted and flagged,
**A** accepted, **S** suppressed. One bad vital in a good message costs that vital alone: it is null in silver with its code
among the flags, the original is a dead letter, and the other vitals go through. Every repair is a flag that the row carries
(column \`flags\`); codes are explained in [dead-letters.md](dead-letters.md).

Each row is one named test of \`test/bad-input/bad-input.test.ts\`, which runs all of its cases through decode, cleanse, identify
and deduplicate, and what needs more than one message through the engine into a lake. This page is written from the same
data: \`RENDER_DOCS=1 npm test -- test/bad-input/document\`; a test fails when it is stale.
`;

const HEADING = ['row', 'what comes in', '', 'what happens'];

/** docs/bad-input.md, out of the table. */
export function renderDocument(): string {
  const groups = [...new Set(TABLE.map(({ group }) => group))];
  return [INTRODUCTION, ...groups.map(sectionOf)].join('\n');
}

function sectionOf(name: string): string {
  const lines = TABLE.filter(({ group }) => group === name).map(({ row, name: what, treatment, outcome }) => [
    String(row),
    what,
    treatment,
    outcome,
  ]);
  return `## ${name}\n\n${table([HEADING, ...lines])}\n`;
}

/** As the formatter of the project lays tables out. */
function table(lines: readonly (readonly string[])[]): string {
  const widths = HEADING.map((_, at) => Math.max(3, ...lines.map((line) => line[at]?.length ?? 0)));
  const drawn = lines.map((line) => `| ${line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`);
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [drawn[0], rule, ...drawn.slice(1)].join('\n');
}
