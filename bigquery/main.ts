import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { schemaRenderings } from '../schema/render/renderings.js';
import { ALARMS, renderAlarmsView } from './alarms-view.js';
import { ANOMALY_ALARMS, renderAnomalyAlarmsView } from './anomaly-alarms-view.js';
import { CARRIED_FORWARD_NEWS2, renderCarriedForwardNews2 } from './carried-forward-news2.js';
import { loadViews } from './load-views.js';
import { renderScoreTables } from '../transforms/clinical/render-tables.js';
import { RENDERED_VIEWS, renderDuckDbViews } from './render.js';
import { renderVitalArtefactsView, VITAL_ARTEFACTS } from './vital-artefacts-view.js';

/**
 * `npm run render`: writes what is rendered from schema/, from bigquery/views/ and from transforms/clinical/ into the working tree (the current
 * folder). Needs the development dependencies; what it writes is committed, so that running does not.
 */
for (const [path, text] of schemaRenderings()) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
await writeFile(CARRIED_FORWARD_NEWS2, renderCarriedForwardNews2());
await writeFile(ALARMS, renderAlarmsView());
await writeFile(ANOMALY_ALARMS, renderAnomalyAlarmsView());
await writeFile(VITAL_ARTEFACTS, renderVitalArtefactsView());
const views = renderDuckDbViews(await loadViews('bigquery/views'));
const style = await resolveConfig(RENDERED_VIEWS);
await writeFile(RENDERED_VIEWS, await format(views, { ...style, parser: 'typescript' }));
const scores = 'docs/scores.md';
const page = renderScoreTables(await readFile(scores, 'utf8'));
await writeFile(scores, await format(page, { ...(await resolveConfig(scores)), parser: 'markdown' }));
