import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { schemaRenderings } from '../schema/render/renderings.js';
import { loadViews } from './load-views.js';
import { RENDERED_VIEWS, renderDuckDbViews } from './render.js';

/**
 * `npm run render`: writes what is rendered from schema/ and from bigquery/views/ into the working tree (the current
 * folder). Needs the development dependencies; what it writes is committed, so that running does not.
 */
for (const [path, text] of schemaRenderings()) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
const views = renderDuckDbViews(await loadViews('bigquery/views'));
const style = await resolveConfig(RENDERED_VIEWS);
await writeFile(RENDERED_VIEWS, await format(views, { ...style, parser: 'typescript' }));
