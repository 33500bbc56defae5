/**
 * Bundles the dashboard's pages for the browser into dist/dashboard/pages/: one classic script and one style sheet, so that they
 * run from disk too, and under a policy that allows no inline code. Called by build.mjs; milliseconds when nothing changed.
 */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const SOURCE = 'dashboard/pages';
const TARGET = 'dist/dashboard/pages';
/** What the pages take from elsewhere in the project. */
const SHARED = [
  'dashboard/api.ts',
  'schema/vitals.ts',
  'transforms/clinical/thresholds.ts',
  'package-lock.json',
  'scripts/build-pages.mjs',
];

/** @returns {string[]} the scripts that it keeps in dist/, which are not to be taken for leftovers */
export function buildPages(root) {
  const scripts = [join(TARGET, 'app.js')];
  const sources = readdirSync(join(root, SOURCE), { recursive: true, encoding: 'utf8' }).map((file) =>
    join(SOURCE, file),
  );
  const modified = (file) => statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? -Infinity;
  const newest = Math.max(...[...sources, ...SHARED].map(modified));
  // Written last: a build that was broken off is done again.
  if (modified(join(TARGET, 'index.html')) > newest) return scripts;
  mkdirSync(join(root, TARGET), { recursive: true });
  bundle(root, 'main.ts', 'app.js', { format: 'iife', target: 'es2022', sourcemap: 'external' });
  bundle(root, 'styles/main.css', 'app.css', { nodePaths: [join(root, 'node_modules')] });
  copyFileSync(join(root, SOURCE, 'icon.svg'), join(root, TARGET, 'icon.svg'));
  const html = readFileSync(join(root, SOURCE, 'index.html'), 'utf8');
  writeFileSync(
    join(root, TARGET, 'snapshot.html'),
    html.replace('<!-- snapshot -->', '<script src="data.js"></script>'),
  );
  writeFileSync(join(root, TARGET, 'index.html'), html.replace(/ *<!-- snapshot -->\n/, ''));
  return scripts;
}

function bundle(root, from, to, options) {
  buildSync({
    absWorkingDir: root,
    entryPoints: [join(SOURCE, from)],
    outfile: join(TARGET, to),
    bundle: true,
    minify: true,
    legalComments: 'none',
    logLevel: 'error',
    ...options,
  });
}
