import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { COMMANDS } from '../../../cli/commands/index.js';
import { deployCommand } from '../../../cli/commands/deploy.js';
import { loadCommand } from '../../../cli/commands/load.js';

const ROOT = new URL('../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');
const PAGE = read('docs/operations.md');

/** Anchors of the headings, as GitHub makes them. */
const anchors = [...PAGE.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
  title
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-'),
);

describe('docs/operations.md', () => {
  test('has a page for each alert policy, and for no other', () => {
    const text = read('terraform/modules/monitoring/policies.tf');
    const table = [...text.matchAll(/^ {4}([a-z-]+) = \{$/gm)].map(([, name]) => name);
    const absent = [...text.matchAll(/display_name\s+= "vitals: ([a-z-]+)"/g)].map(([, name]) => name);
    expect(table.length).toBeGreaterThan(5);
    const wanted = [...table, ...absent, 'budget'].map((name) => `alert-${name}`);
    expect(anchors.filter((anchor) => anchor.startsWith('alert-')).sort()).toEqual(wanted.sort());
  });

  test('every link inside it leads somewhere', () => {
    const links = [...PAGE.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
    expect(links.filter((anchor) => !anchors.includes(anchor ?? ''))).toEqual([]);
  });

  test('every vitals command that it names exists', () => {
    const known = [...COMMANDS, deployCommand, loadCommand].map(({ command }) => String(command).split(' ')[0]);
    const named = [...PAGE.matchAll(/(?:^npx |`)vitals ([a-z]+)/gm)].map(([, name]) => name ?? '');
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });

  test('every script that it names exists', () => {
    for (const [, script = ''] of PAGE.matchAll(/`(scripts\/[\w/.-]+)`/g)) expect(read(script)).not.toBe('');
  });

  test('the states of the pages say that this is no medical device', () => {
    for (const page of ['operations', 'costs', 'looker-studio']) {
      expect(read(`docs/${page}.md`)).toMatch(/not a medical device/i);
    }
  });
});
