/** A `CREATE TABLE` as bigquery/tables/ holds it. */
export interface TableStatement {
  /** As it is written: `gold.alerts`. */
  readonly name: string;
  readonly columns: readonly ColumnStatement[];
  /** The partitioning expression as written, without spaces around punctuation; null for none. */
  readonly partitionBy: string | null;
  readonly clusterBy: readonly string[];
  readonly options: readonly TableOption[];
}

export interface ColumnStatement {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly options: readonly TableOption[];
}

/** An option's name, and its value as it is written. */
export type TableOption = readonly [name: string, value: string];

const TOKEN = /\s+|--[^\n]*|("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|[\w.]+|[^\s\w])/g;

/**
 * Reads one `CREATE TABLE` statement of the form that the renderer writes.
 *
 * @throws Error when the text has another form: it is our own source, so this is a defect, not bad data
 */
export function parseTable(text: string): TableStatement {
  const tokens = new Tokens(text);
  tokens.expect('CREATE', 'TABLE', 'IF', 'NOT', 'EXISTS');
  const name = tokens.next();
  tokens.expect('(');
  const columns = tokens.list(')', parseColumn);
  const partitionBy = tokens.take('PARTITION', 'BY') ? tokens.until('CLUSTER', 'OPTIONS', ';') : null;
  const clusterBy = tokens.take('CLUSTER', 'BY') ? tokens.until('OPTIONS', ';').split(',').map(unquote) : [];
  const options = parseOptions(tokens);
  tokens.expect(';');
  return { name, columns, partitionBy, clusterBy, options };
}

function parseColumn(tokens: Tokens): ColumnStatement {
  const name = unquote(tokens.next());
  const type = tokens.next();
  const required = tokens.take('NOT', 'NULL');
  return { name, type, required, options: parseOptions(tokens) };
}

function parseOptions(tokens: Tokens): readonly TableOption[] {
  if (!tokens.take('OPTIONS')) return [];
  tokens.expect('(');
  return tokens.list(')', () => {
    const name = tokens.next();
    tokens.expect('=');
    return [name, tokens.until(',', ')')] as const;
  });
}

/** The words, literals and signs of a statement, one after another. */
class Tokens {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(private readonly text: string) {
    this.#tokens = [...text.matchAll(TOKEN)].flatMap((match) => (match[1] === undefined ? [] : [match[1]]));
  }

  next(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw this.#unexpected();
    this.#at += 1;
    return token;
  }

  /** Passes over these words when they come next; whether they did. */
  take(...words: readonly string[]): boolean {
    const found = words.every((word, index) => this.#tokens[this.#at + index]?.toUpperCase() === word);
    if (found) this.#at += words.length;
    return found;
  }

  expect(...words: readonly string[]): void {
    if (!this.take(...words)) throw this.#unexpected();
  }

  /** What is written before the first of these words that stands outside brackets. */
  until(...words: readonly string[]): string {
    let depth = 0;
    let written = '';
    while (depth > 0 || !words.includes(this.#tokens[this.#at]?.toUpperCase() ?? '')) {
      const token = this.next();
      if ('([<'.includes(token)) depth += 1;
      if (')]>'.includes(token)) depth -= 1;
      written += /\w$/.test(written) && /^\w/.test(token) ? ` ${token}` : token;
    }
    return written;
  }

  /** Items with commas between them, up to this sign. */
  list<T>(end: string, item: (tokens: Tokens) => T): readonly T[] {
    const items: T[] = [];
    do items.push(item(this));
    while (this.take(','));
    this.expect(end);
    return items;
  }

  #unexpected(): Error {
    const found = this.#tokens.slice(this.#at, this.#at + 5).join(' ') || 'the end';
    return new Error(`A table is one CREATE TABLE IF NOT EXISTS; not expected: ${found}\n${this.text.slice(0, 200)}`);
  }
}

function unquote(name: string): string {
  return name.replaceAll('`', '');
}
