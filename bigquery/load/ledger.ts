import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { latestOf, LEDGER_FIELDS, LEDGER_TABLE, lineOf, type LedgerEntry } from './ledger-table.js';
import { awaitJob, type Patience } from './await-job.js';
import type { LoadJob } from './load-job.js';
import type { WarehouseClient } from './warehouse-client.js';

/** How far a table's day has come. */
export interface Loaded {
  readonly last: number;
  readonly content: string;
}

/**
 * What is loaded, as a table beside what was loaded. The truth is the jobs; the ledger outlives them (BigQuery forgets jobs
 * after 180 days) and can be read with SQL. An entry may be there twice after a crash, and means the same.
 */
export class Ledger {
  #pending: LedgerEntry[] = [];

  private constructor(
    private readonly client: WarehouseClient,
    private readonly dataset: string,
    private readonly location: string,
    private readonly patience: Patience,
    private readonly loaded: Map<string, Loaded>,
    /** Ids of the lakes whose rows a table (by name and generation) holds. */
    private readonly owners: ReadonlyMap<string, string>,
  ) {}

  /** @param create make the table if it is not there; else such a ledger is empty */
  static async open(
    client: WarehouseClient,
    dataset: string,
    location: string,
    patience: Patience,
    create: boolean,
  ): Promise<Ledger> {
    const isThere = (await client.table(dataset, LEDGER_TABLE)) !== null;
    if (!isThere && create) {
      const more = {
        description: 'What vitals load has loaded (docs/warehouse.md).',
        clustering: { fields: ['table_name'] },
      };
      await client.createTableOf(dataset, LEDGER_TABLE, LEDGER_FIELDS, more);
    }
    const rows = isThere ? await client.query(latestOf(client.project, dataset), location) : [];
    const loaded = new Map<string, Loaded>();
    const owners = new Map<string, string>();
    for (const row of rows) {
      const { table_name, generation, lake_id, partition_date, last_batch, content } = row as Record<string, string>;
      const key = keyOf(`${table_name}`, `${generation}`, partition_date ?? null);
      loaded.set(key, { last: Number(last_batch), content: `${content}` });
      owners.set(`${table_name}@${generation}`, `${lake_id}`);
    }
    return new Ledger(client, dataset, location, patience, loaded, owners);
  }

  /** The id of the lake that a table was loaded from; null when nothing was. */
  ownerOf(table: string, generation: string): string | null {
    return this.owners.get(`${table}@${generation}`) ?? null;
  }

  loadedOf(table: string, generation: string, date: string | null): Loaded | null {
    return this.loaded.get(keyOf(table, generation, date)) ?? null;
  }

  note(entry: LedgerEntry): void {
    const { step, facts } = entry;
    this.loaded.set(keyOf(step.table, step.generation, step.date), { last: facts.last, content: facts.content });
    this.#pending.push(entry);
  }

  /** Writes what was noted. Until then a restart finds it again from the jobs, one question a step. */
  async flush(now: number): Promise<void> {
    const entries = this.#pending.splice(0);
    if (entries.length === 0) return;
    const lines = entries.map((entry) => JSON.stringify(lineOf(entry)));
    const name = createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 32);
    const folder = await mkdtemp(join(tmpdir(), 'vitals-load-'));
    try {
      const file = join(folder, 'ledger.ndjson');
      const stamped = entries.map((entry) =>
        JSON.stringify({ ...lineOf(entry), loaded_at: new Date(now).toISOString() }),
      );
      await writeFile(file, stamped.join('\n') + '\n');
      await this.#write(`vitals_ledger_${this.dataset}_${name}`, file);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async #write(name: string, file: string): Promise<void> {
    const { dataset, location } = this;
    for (let attempt = 1; ; attempt++) {
      const job: LoadJob = {
        jobId: `${name}_${attempt}`,
        dataset,
        table: LEDGER_TABLE,
        location,
        labels: { application: 'vitals' },
        fields: LEDGER_FIELDS,
        format: 'NEWLINE_DELIMITED_JSON',
        disposition: 'WRITE_APPEND',
      };
      await this.client.insert(job, { file });
      const { failure } = await awaitJob(this.client, job.jobId, location, this.patience);
      if (failure === null) return;
      if (!this.patience.mayRetry(failure, attempt)) throw failure;
    }
  }
}

function keyOf(table: string, generation: string, date: string | null): string {
  return `${table}@${generation}/${date ?? ''}`;
}
