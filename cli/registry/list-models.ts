import { decodeModelFolder } from '../../model/model-folder.js';
import { aliasesAfter, type ModelAliases } from '../../lake/model-registry/aliases.js';
import { ModelRegistry } from '../../lake/model-registry/model-registry.js';
import { textTable } from '../../query/text-table.js';
import { lakeUrl } from '../lake-url.js';
import { printLines } from '../query/print-lines.js';

const MODEL_COLUMNS = ['model_id', 'alias', 'kind', 'threshold', 'rows', 'source', 'registered_at'] as const;
const DECISION_COLUMNS = ['acted_at', 'event', 'model_id', 'previous_model_id', 'who', 'reason'] as const;

type Row = Readonly<Record<string, string | number | null>>;

/** Prints the models of a lake, in the order in which they were registered. @throws LakeError */
export async function listModels(lake: string, json: boolean): Promise<void> {
  const registry = new ModelRegistry(lakeUrl(lake));
  const events = await registry.events();
  const aliases = aliasesAfter(events);
  const rows = events
    .filter(({ event }) => event === 'registered')
    .map(async ({ model_id, acted_at }): Promise<Row> => {
      const model = decodeModelFolder(await registry.read(model_id), `model ${model_id}`);
      return {
        model_id,
        alias: aliasOf(model_id, aliases),
        kind: model.kind,
        threshold: model.threshold,
        rows: model.training.usable_rows,
        source: model.training.source,
        registered_at: new Date(acted_at).toISOString(),
      };
    });
  await print(MODEL_COLUMNS, await Promise.all(rows), json);
}

function aliasOf(id: string, { champion, challenger, former }: ModelAliases): string | null {
  if (id === champion) return 'champion';
  if (id === challenger) return 'challenger';
  return former.includes(id) ? 'former champion' : null;
}

/** Prints what was decided about the models of a lake, in order. @throws LakeError */
export async function listDecisions(lake: string, json: boolean): Promise<void> {
  const events = await new ModelRegistry(lakeUrl(lake)).events();
  const rows = events.map(({ acted_at, ...event }) => ({ acted_at: new Date(acted_at).toISOString(), ...event }));
  await print(DECISION_COLUMNS, rows, json);
}

async function print(columns: readonly string[], rows: readonly Row[], json: boolean): Promise<void> {
  await printLines(process.stdout, json ? jsonLines(rows) : textTable(columns, each(rows)));
}

async function* jsonLines(rows: readonly Row[]): AsyncGenerator<string> {
  for (const row of rows) yield `${JSON.stringify(row)}\n`;
}

async function* each(rows: readonly Row[]): AsyncGenerator<Row> {
  yield* rows;
}
