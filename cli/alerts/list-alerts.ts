import type { AlertItem } from '../../dashboard/api.js';
import { alertsQuestionOf, asOfOf, BadRequest } from '../../dashboard/server/parameters.js';
import { textTable } from '../../query/text-table.js';
import { ConfigurationError } from '../../schema/errors.js';
import { printLines } from '../query/print-lines.js';
import { withAnswers } from './with-answers.js';

/** What `vitals alerts list` was asked, by the names that the server's API has, but for the dash. */
export interface ListRequest {
  readonly lake: string;
  readonly json: boolean;
  readonly 'as-of': string | undefined;
  readonly limit: number;
}

const FILTERS = ['status', 'severity', 'ward', 'rule', 'patient', 'from', 'to', 'limit'] as const;
const COLUMNS = ['event_time', 'severity', 'status', 'ward', 'bed', 'rule', 'explanation', 'alert_id'] as const;

/** Prints the alerts that the page of alerts would show. @throws ConfigurationError, LakeError */
export async function listAlerts(request: ListRequest): Promise<void> {
  const { asked, asOf } = questionOf(request);
  await withAnswers(request.lake, async (answers) => {
    const { alerts, total, counts } = await answers.alerts(asked, asOf);
    await printLines(process.stdout, request.json ? jsonLines(alerts) : textTable(COLUMNS, rowsOf(alerts)));
    const { open, acknowledged, resolved } = counts;
    process.stderr.write(
      `${alerts.length} of ${total}; open ${open}, acknowledged ${acknowledged}, resolved ${resolved}\n`,
    );
  });
}

function questionOf(request: ListRequest) {
  const values = request as unknown as Readonly<Record<string, string | number | undefined>>;
  const query = new URLSearchParams();
  for (const name of FILTERS) if (values[name] !== undefined) query.set(name, String(values[name]));
  if (request['as-of'] !== undefined) query.set('as_of', request['as-of']);
  try {
    return { asked: alertsQuestionOf(query), asOf: asOfOf(query) };
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error;
    throw new ConfigurationError('vitals alerts list', error.problem, `${error.remedy}.`);
  }
}

async function* jsonLines(alerts: readonly AlertItem[]): AsyncGenerator<string> {
  for (const alert of alerts) yield `${JSON.stringify(alert)}\n`;
}

async function* rowsOf(alerts: readonly AlertItem[]) {
  for (const alert of alerts) yield Object.fromEntries(COLUMNS.map((name) => [name, alert[name]]));
}
