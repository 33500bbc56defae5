import { transpileToDuckDb } from './transpile.js';
import type { ViewDefinition } from './view.js';

/** Where the rendered views are committed, below the project's root. */
export const RENDERED_VIEWS = 'query/views.generated.ts';

/**
 * The module that holds every view in DuckDB's dialect, each after the views that it reads.
 * Unformatted: the caller formats it like all source. A test fails when the committed file differs.
 */
export function renderDuckDbViews(views: readonly ViewDefinition[]): string {
  const entries = views.map((view) => {
    const facts = { name: view.name, kind: view.kind, description: view.description, grain: view.grain };
    const fields = Object.entries(facts).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
    return `{ ${fields.join(', ')}, sql: \`${escapeTemplate(transpileToDuckDb(view.select))}\` }`;
  });
  return [
    '// Rendered from bigquery/views/ by `npm run render`: change the views, not this file.',
    "import type { DuckDbView } from './duckdb-view.js';",
    '',
    '/** The views of the lake in the dialect of DuckDB, each after the views that it reads. */',
    `export const VIEWS: readonly DuckDbView[] = [${entries.join(', ')}];`,
  ].join('\n');
}

function escapeTemplate(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${');
}
