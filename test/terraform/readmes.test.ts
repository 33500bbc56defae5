import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const MODULES = readdirSync('terraform/modules').sort();

test('the README of each Terraform module is what its code says', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/cloud/terraform-docs.mjs', '--check'], {
    encoding: 'utf8',
  });
  expect({ status, stderr: stderr.replaceAll(/^.*Warning.*\n?/gm, '') }).toEqual({ status: 0, stderr: '' });
});

test.each(MODULES)('the README of %s names every variable, output and type of resource', (name) => {
  const folder = `terraform/modules/${name}`;
  const readme = readFileSync(`${folder}/README.md`, 'utf8');
  const code = readdirSync(folder)
    .filter((file) => file.endsWith('.tf'))
    .map((file) => readFileSync(`${folder}/${file}`, 'utf8'))
    .join('\n');
  for (const [, declared] of code.matchAll(/^(?:variable|output|resource) "(\w+)"/gm)) {
    expect(readme).toContain(`| \`${declared}\` `);
  }
});

test.each(MODULES)('%s has tests, and a description for every variable and output', (name) => {
  expect(existsSync(`terraform/modules/${name}/tests/${name}.tftest.hcl`)).toBe(true);
  for (const file of ['variables.tf', 'outputs.tf']) {
    const blocks = readFileSync(`terraform/modules/${name}/${file}`, 'utf8')
      .split(/^(?=variable|output)/m)
      .slice(1);
    for (const block of blocks) expect(block).toMatch(/^ {2}description\s+= ".{5,}"$/m);
  }
});
