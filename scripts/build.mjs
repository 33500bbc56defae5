/**
 * Turns the TypeScript of every source folder into dist/, file by file, as the tests do (SWC). Types are checked by
 * `npm run types`; here only speed counts, because `npm start` begins with it. Leaves files alone that are up to date.
 */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';
import { buildPages } from './build-pages.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { include } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));
const options = {
  jsc: { parser: { syntax: 'typescript' }, target: 'es2022', transform: { verbatimModuleSyntax: true } },
  module: { type: 'es6' },
  sourceMaps: true,
  swcrc: false,
};

const files = (folder, ending) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file));
const modified = (path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? -Infinity;

/** The browser's part is bundled, not turned file by file. */
const pages = join('dashboard', 'pages');
const sources = include.flatMap((folder) => files(folder, '.ts'));

const built = new Set(buildPages(root));
for (const source of sources.filter((file) => !file.endsWith('.d.ts') && !file.startsWith(pages))) {
  const target = join('dist', source.replace(/\.ts$/, '.js'));
  built.add(target);
  if (modified(target) > modified(source)) continue;
  const { code, map } = transformSync(readFileSync(join(root, source), 'utf8'), { ...options, filename: source });
  mkdirSync(dirname(join(root, target)), { recursive: true });
  writeFileSync(join(root, `${target}.map`), map);
  writeFileSync(join(root, target), `${code}\n//# sourceMappingURL=${target.split(/[\\/]/).pop()}.map\n`);
}
// What is pushed to others as it is: the loader that scores in Python.
for (const script of include.flatMap((folder) => files(folder, '.py'))) {
  mkdirSync(dirname(join(root, 'dist', script)), { recursive: true });
  copyFileSync(join(root, script), join(root, 'dist', script));
}
mkdirSync(join(root, 'dist'), { recursive: true });
for (const stale of files('dist', '.js')) if (!built.has(stale)) rmSync(join(root, stale));
