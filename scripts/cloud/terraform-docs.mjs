#!/usr/bin/env node
// Writes the tables of inputs, outputs and resources into the README of each Terraform module, below a marker; what stands above it
// is written by hand. Reads the *.tf files as `terraform fmt` leaves them. Run it from the root of the project:
//
//   node scripts/cloud/terraform-docs.mjs            writes terraform/modules/*/README.md
//   node scripts/cloud/terraform-docs.mjs --check    names the stale ones, status 1
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

const MODULES = 'terraform/modules';
const MARKER = '<!-- Below this line: node scripts/cloud/terraform-docs.mjs -->';

/** Top-level blocks of formatted HCL: they begin and end in the first column. */
function blocksOf(text) {
  return [...text.matchAll(/^(\w+) "([\w-]+)"(?: "([\w-]+)")? \{(?:\n([\s\S]*?)^\}|\s*\})/gm)].map(
    ([, kind, first, second, body = '']) => ({ kind, first, second, body }),
  );
}

/** An argument of a block at its first level, as it is written; undefined when it is not there. */
function argument(body, name) {
  const start = new RegExp(`^  ${name}\\s+= `, 'm').exec(body);
  if (start === null) return undefined;
  const rest = body.slice(start.index + start[0].length);
  const [line] = rest.split('\n', 1);
  if (!/[[{(]$/.test(line)) return line;
  return rest.slice(0, /^ {2}[\]})]+$/m.exec(rest).index + 3).replaceAll(/\s*\n\s*/g, ' ');
}

const unquote = (text) => text.slice(1, -1).replaceAll('\\"', '"');
const cell = (text) => text.replaceAll('|', '\\|');
const code = (text) => `\`${cell(text)}\``;

function table(head, rows) {
  if (rows.length === 0) return 'None.';
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function inputs(blocks) {
  return blocks.map(({ first, body }) => {
    const fallback = argument(body, 'default');
    const rule = /error_message = "((?:[^"\\]|\\.)*)"/.exec(body)?.[1].replaceAll('\\"', '"');
    const description = unquote(argument(body, 'description') ?? '""');
    return [
      code(first),
      code(argument(body, 'type')?.split(' ', 1)[0].replace(/\($/, '(...)') ?? 'any'),
      fallback === undefined ? 'required' : code(fallback),
      cell(description),
      cell(rule ?? ''),
    ];
  });
}

/** What is made: each type with the names of its resources, and the other modules. */
function made(blocks) {
  const types = new Map();
  for (const { first, second } of blocks) types.set(first, [...(types.get(first) ?? []), second]);
  return [...types]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, names]) => [code(type), names.map(code).join(', ')]);
}

function tables(folder) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.tf'));
  const blocks = files.sort().flatMap((name) => blocksOf(readFileSync(join(folder, name), 'utf8')));
  const of = (kind) => blocks.filter((block) => block.kind === kind);
  const outputs = of('output').map(({ first, body }) => [
    code(first),
    cell(unquote(argument(body, 'description') ?? '""')),
  ]);
  return [
    '## Inputs',
    table(['name', 'type', 'default', 'meaning', 'refused otherwise'], inputs(of('variable'))),
    '## Outputs',
    table(['name', 'meaning'], outputs),
    '## Resources',
    table(['type', 'names'], made(of('resource'))),
  ].join('\n\n');
}

/** The README as it should be, of the one that is there. */
export async function renderReadme(folder) {
  const path = join(folder, 'README.md');
  const [written] = readFileSync(path, 'utf8').split(MARKER);
  const style = await resolveConfig(path);
  return format(`${written.trimEnd()}\n\n${MARKER}\n\n${tables(folder)}\n`, { ...style, parser: 'markdown' });
}

/** Folders of all modules. */
export function moduleFolders() {
  return readdirSync(MODULES)
    .sort()
    .map((name) => join(MODULES, name));
}

async function main(check) {
  for (const folder of moduleFolders()) {
    const path = join(folder, 'README.md');
    const wanted = await renderReadme(folder);
    if (wanted === readFileSync(path, 'utf8')) continue;
    if (check) {
      process.exitCode = 1;
      process.stderr.write(`${path} is stale: node scripts/cloud/terraform-docs.mjs\n`);
    } else writeFileSync(path, wanted);
  }
}

if (process.argv[1]?.endsWith('terraform-docs.mjs')) await main(process.argv.includes('--check'));
