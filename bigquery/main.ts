import { writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { loadViews } from './load-views.js';
import { RENDERED_VIEWS, renderDuckDbViews } from './render.js';

/**
 * `npm run render`, second half: writes bigquery/views/ in DuckDB's dialect into the working tree (the current folder).
 * Needs the development dependencies; what it writes is committed, so that running does not.
 */
const text = renderDuckDbViews(await loadViews('bigquery/views'));
const config = await resolveConfig(RENDERED_VIEWS);
await writeFile(RENDERED_VIEWS, await format(text, { ...config, parser: 'typescript' }));
