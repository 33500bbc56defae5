import { build, type Metafile } from 'esbuild';
import { expect, test } from '@jest/globals';

const ENTRY = 'cli/index.ts';

/** The packages that a module needs before it can run: those of imports that are not put off. */
function neededAtOnce(inputs: Metafile['inputs'], entry: string): Set<string> {
  const packages = new Set<string>();
  const reached = new Set([entry]);
  for (const file of reached) {
    for (const { path, kind, external } of inputs[file]?.imports ?? []) {
      if (kind === 'dynamic-import') continue;
      if (external === true) packages.add(path);
      else reached.add(path);
    }
  }
  return packages;
}

/** A command loads what it needs when it runs: Arrow, Parquet, DuckDB and Beam take longer than all of `--help`. */
test('vitals starts with the parser of its command line and nothing else from a registry', async () => {
  const { metafile } = await build({
    ...{ entryPoints: [ENTRY], bundle: true, platform: 'node', format: 'esm', packages: 'external' },
    ...{ write: false, metafile: true, outdir: 'unused', splitting: true, logLevel: 'silent' },
  });
  const needed = [...neededAtOnce(metafile.inputs, ENTRY)].filter((name) => !name.startsWith('node:'));
  expect(needed).toEqual(['yargs']);
});
