import { ConfigurationError } from '../../schema/errors.js';

/** A record of more characters is a quote that was never closed, or not a CSV file. */
const MAX_RECORD_LENGTH = 2 ** 20;

/** Records, and the line of the file on which each one starts, from 1. */
export interface SplitRecords {
  readonly records: string[][];
  readonly lines: number[];
}

/** Turns the text of a CSV file, which arrives in pieces cut anywhere, into records. */
export class CsvSplitter {
  /** Lines read, the ends of which were seen. */
  private line = 0;
  /** The start of a line whose end has not arrived. */
  private rest = '';
  /** The start of a record whose quotes are open at a line's end, and the line it began on. */
  private open = '';
  private openedOn = 0;

  /** The records that end in this piece. */
  push(text: string): SplitRecords {
    const records: string[][] = [];
    const lines: number[] = [];
    let from = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
      this.addLine(this.rest + text.slice(from, end), records, lines);
      this.rest = '';
      from = end + 1;
    }
    this.rest += text.slice(from);
    if (this.rest.length + this.open.length > MAX_RECORD_LENGTH) throw refuse(this.line + 1, 'the record is too long');
    return { records, lines };
  }

  /** The last record, where the file does not end with a line end. */
  end(): SplitRecords {
    const chunk = this.rest === '' ? { records: [], lines: [] } : this.push('\n');
    if (this.open !== '') throw refuse(this.openedOn, 'a quote is not closed');
    return chunk;
  }

  private addLine(line: string, records: string[][], lines: number[]): void {
    this.line++;
    const startsOn = this.open === '' ? this.line : this.openedOn;
    // Within quotes a quote is doubled: an odd number of them means that a field goes on in the next line, or ends here.
    if ((countQuotes(line) % 2 === 1) === (this.open === '')) {
      this.open += line + '\n';
      this.openedOn = startsOn;
      return;
    }
    const record = this.open + (line.endsWith('\r') ? line.slice(0, -1) : line);
    this.open = '';
    if (record.trim() === '') return;
    records.push(record.includes('"') ? splitQuoted(record, startsOn) : record.split(','));
    lines.push(startsOn);
  }
}

function countQuotes(line: string): number {
  let quotes = 0;
  for (let at = line.indexOf('"'); at !== -1; at = line.indexOf('"', at + 1)) quotes++;
  return quotes;
}

/** One field, quoted or bare, and the comma after it. */
const FIELD = /(?:"([^"]*(?:""[^"]*)*)"|([^",]*))(,|$)/y;

function splitQuoted(record: string, line: number): string[] {
  const fields: string[] = [];
  FIELD.lastIndex = 0;
  for (;;) {
    const match = FIELD.exec(record);
    if (match === null) throw refuse(line, 'a quote stands within a field');
    fields.push(match[1] === undefined ? match[2]! : match[1].replaceAll('""', '"'));
    if (match[3] === '') return fields;
  }
}

function refuse(line: number, problem: string): ConfigurationError {
  return new ConfigurationError('--data', `line ${line}: ${problem}`, 'Write the file as CSV (RFC 4180).');
}
