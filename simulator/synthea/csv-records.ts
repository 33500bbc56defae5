import { createReadStream } from 'node:fs';

/** A record is not longer than this, characters: a quote that is never closed would swallow the file. */
const LONGEST_RECORD = 1 << 20;

/** A record of a CSV file. */
export interface CsvRecord {
  readonly fields: readonly string[];
  /** Number of its first line, from 1. */
  readonly line: number;
}

/**
 * Reads a CSV file (RFC 4180, UTF-8) record by record, in blocks of what a piece of the file completes; quoted fields may hold
 * commas, quotes and line breaks. Lines end with LF or CRLF, blank ones are skipped. Memory: one piece and one record.
 *
 * @throws Error when the file cannot be read, or a quote is never closed
 */
export async function* readCsv(file: string): AsyncGenerator<readonly CsvRecord[]> {
  const reader = new RecordReader();
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 18 })) {
    yield reader.push(chunk as string);
  }
  yield reader.end();
}

class RecordReader {
  private rest = '';
  /** Lines of a record in which a quote is open, and how many quotes they have. */
  private open = '';
  private quotes = 0;
  private openLine = 0;
  private line = 0;

  push(chunk: string): CsvRecord[] {
    const lines = (this.rest + chunk).split('\n');
    this.rest = lines.pop() ?? '';
    const records = lines.flatMap((line) => this.take(line));
    if (this.rest.length + this.open.length > LONGEST_RECORD) throw new Error(`line ${this.startLine} never ends`);
    return records;
  }

  end(): CsvRecord[] {
    const records = this.rest === '' ? [] : this.take(this.rest);
    if (this.open !== '') throw new Error(`the quote in line ${this.openLine} is never closed`);
    return records;
  }

  private get startLine(): number {
    return this.open === '' ? this.line + 1 : this.openLine;
  }

  private take(raw: string): CsvRecord[] {
    const line = this.line === 0 ? withoutMark(raw) : raw;
    this.line++;
    if (this.open === '' && !line.includes('"')) return this.whole(line, this.line);
    if (this.open === '') this.openLine = this.line;
    this.open += this.open === '' ? line : `\n${line}`;
    this.quotes += quotesOf(line);
    if (this.open.length > LONGEST_RECORD) throw new Error(`line ${this.openLine} never ends`);
    if (this.quotes % 2 === 1) return [];
    const text = this.open;
    this.open = '';
    this.quotes = 0;
    return this.whole(text, this.openLine);
  }

  private whole(text: string, line: number): CsvRecord[] {
    const record = text.endsWith('\r') ? text.slice(0, -1) : text;
    if (record === '') return [];
    return [{ fields: record.includes('"') ? quotedFields(record) : record.split(','), line }];
  }
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function quotesOf(text: string): number {
  return text.split('"').length - 1;
}

/** A field in quotes, its quotes doubled, or one without. */
const FIELD = /"((?:[^"]|"")*)"|([^,]*)/y;

function quotedFields(record: string): string[] {
  const fields: string[] = [];
  for (let at = 0; at <= record.length; at = FIELD.lastIndex + 1) {
    FIELD.lastIndex = at;
    const [, quoted, plain] = FIELD.exec(record) ?? [];
    fields.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    // Behind a closing quote only a comma may stand; whatever else does belongs to no field.
    const comma = record.indexOf(',', FIELD.lastIndex);
    if (comma === -1) break;
    FIELD.lastIndex = comma;
  }
  return fields;
}
