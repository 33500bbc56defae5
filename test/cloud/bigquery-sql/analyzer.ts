import { incrementalProblems } from './incremental.js';
import { items, resolvedNode, type ResolvedNode } from './resolved.js';
import type { AnalyzerServer, Message } from './server.js';

/** What the analyzer made of one statement. */
export interface Analysis {
  /** `create_table_stmt`, `create_materialized_view_stmt`, … */
  readonly kind: string;
  /** What it creates, or null. */
  readonly name: string | null;
  /** One sentence a violation of the rules for incremental views; empty when the statement is right. */
  readonly problems: readonly string[];
}

interface Catalog {
  readonly name: string;
  readonly catalog: Catalog[];
  table: Message[];
  readonly [field: string]: unknown;
}

/** A column as the catalog has it: name and the analyzer's own type. */
export interface CatalogColumn extends Message {
  readonly name: string;
  readonly type: Message;
}

/**
 * Analyses statements one after another, as BigQuery would run them: what a statement creates is there for those after it.
 */
export class Analyzer {
  readonly #root: Catalog;
  readonly #materialized = new Set<string>();
  #tables = 0;

  private constructor(
    private readonly server: AnalyzerServer,
    readonly language: Message,
    connections: readonly string[],
  ) {
    const connection = connections.map((name) => ({ name }));
    const catalog = { name: 'project', catalog: [], table: [], connection };
    this.#root = { ...catalog, builtin_function_options: { language_options: language }, custom_function: CHOOSERS };
  }

  /** @param connections names of the Cloud resource connections that statements may use */
  static async over(server: AnalyzerServer, connections: readonly string[] = []): Promise<Analyzer> {
    const language = await server.call('GetLanguageOptions', { maximum_features: true });
    // External is BigQuery's: FLOAT64 and no FLOAT; an empty list allows statements of every kind.
    return new Analyzer(
      server,
      { ...language, supported_statement_kinds: [], product_mode: 'PRODUCT_EXTERNAL' },
      connections,
    );
  }

  /** Analyses one statement and registers what it creates, if it is right. @throws Error in the analyzer's words */
  async analyze(sql: string): Promise<Analysis> {
    const options = {
      language_options: this.language,
      error_message_mode: 'ERROR_MESSAGE_ONE_LINE',
      // Queries of dashboards take parameters, whose types follow from their use.
      allow_undeclared_parameters: true,
    };
    const request = { options, simple_catalog: this.#root, sql_statement: sql };
    const response = await this.server.call('Analyze', request).catch((error: { details?: string }) => {
      throw new Error(error.details ?? String(error));
    });
    const statement = resolvedNode(response['resolved_statement']);
    if (statement === null) throw new Error('the analyzer gave no statement');
    const path = statement.field('name_path') as readonly string[] | undefined;
    const materialized = statement.kind.includes('materialized_view');
    const problems = materialized ? incrementalProblems(statement.field('query'), this.#materialized) : [];
    if (path !== undefined && problems.length === 0) {
      this.#register(path, columnsOf(statement));
      if (materialized) this.#materialized.add(path.join('.'));
    }
    return { kind: statement.kind, name: path?.join('.') ?? null, problems };
  }

  #register(path: readonly string[], columns: readonly CatalogColumn[]): void {
    if (columns.length === 0) return;
    let catalog = this.#root;
    for (const name of path.slice(0, -1)) {
      let inner = catalog.catalog.find((known) => known.name === name);
      if (inner === undefined) catalog.catalog.push((inner = { name, catalog: [], table: [] }));
      catalog = inner;
    }
    const name = path.at(-1) ?? '';
    this.#tables += 1;
    const table = { name, full_name: path.join('.'), serialization_id: this.#tables, column: columns };
    catalog.table = [...catalog.table.filter((known) => known['name'] !== name), table];
  }
}

function columnsOf(statement: ResolvedNode): readonly CatalogColumn[] {
  const defined = items(statement.field('column_definition_list')).map(({ name, type }) => ({ name, type }));
  const outputs = items(statement.field('output_column_list')).map(({ name, column }) => ({
    name,
    type: (column as Message)['type'],
  }));
  return (statement.kind.startsWith('create_table') ? defined : outputs) as readonly CatalogColumn[];
}

/** BigQuery has MAX_BY and MIN_BY, this release of the analyzer has not: the value of the row with the greatest key. */
const CHOOSERS = ['max_by', 'min_by'].map((name) => {
  const [value, key] = ['ARG_TYPE_ANY_1', 'ARG_TYPE_ANY_2'].map((kind) => ({ kind, num_occurrences: 1 }));
  return {
    name_path: [name],
    group: 'bigquery',
    mode: 'AGGREGATE',
    signature: [{ return_type: value, argument: [value, key] }],
  };
});
