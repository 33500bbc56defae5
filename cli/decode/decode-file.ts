import { toCanonicalJson } from '../../transforms/canonical-json.js';
import { cleanse } from '../../transforms/cleanse.js';
import { decode, type DecodeOptions } from '../../transforms/decode/index.js';
import type { Message, Reading } from '../../transforms/reading.js';
import { Hl7Scanner, isHl7Name } from '../../pipeline/sources/hl7-scanner.js';
import { isJsonName, JsonScanner } from '../../pipeline/sources/json-scanner.js';
import type { Reject } from '../../transforms/reject.js';
import { isCsvName, readCut, readLines } from './input.js';
import type { LineOutput } from './output.js';
import { DecodeSummary } from './summary.js';

export interface DecodeFileOptions extends DecodeOptions {
  /** Declared dialect; null lets the file's name and the content decide. */
  readonly dialect: string | null;
  /** Stands in for the time of receipt, epoch ms. Recorded data is not compared with it. */
  readonly now: number;
  /** How a reading becomes a line; left out, as `vitals decode` prints it. */
  readonly toLine?: (reading: Reading) => string;
}

/**
 * Decodes and cleanses a file, a message a line (of CSV, a message a line after the header; of HL7 v2, a message from each
 * MSH to the next; of a `.json` file, the whole document, the elements of its array, or its lines), in constant memory.
 * @param readings takes canonical readings
 * @param rejects takes what was refused, with the original message; null where nobody wants it
 * @throws ConfigurationError when the file cannot be read
 */
export async function decodeFile(
  file: string,
  options: DecodeFileOptions,
  readings: LineOutput,
  rejects: LineOutput | null,
): Promise<DecodeSummary> {
  const summary = new DecodeSummary();
  const dialect = options.dialect ?? dialectOfName(file);
  const pieces = piecesOf(file, dialect);
  let attributes: string | null = null;
  for await (const lines of pieces) {
    for (const payload of lines) {
      if (dialect === 'csv' && attributes === null) {
        attributes = JSON.stringify({ dialect, header: payload.toString('utf8') });
        continue;
      }
      const message: Message = {
        batch: 0,
        offset: summary.messages++,
        message_id: '',
        publish_time: null,
        receive_time: options.now,
        source: file,
        dialect,
        attributes,
        payload,
      };
      decodeMessage(message, options, summary, readings, rejects);
    }
    await readings.flush();
    await rejects?.flush();
    if (!readings.open) break;
  }
  return summary;
}

function piecesOf(file: string, dialect: string | null): AsyncGenerator<readonly Buffer[]> {
  if (dialect === 'hl7v2') return readCut(file, new Hl7Scanner());
  return dialect !== 'csv' && isJsonName(file) ? readCut(file, new JsonScanner()) : readLines(file);
}

function dialectOfName(file: string): string | null {
  if (isCsvName(file)) return 'csv';
  return isHl7Name(file) ? 'hl7v2' : null;
}

function decodeMessage(
  message: Message,
  options: DecodeFileOptions,
  summary: DecodeSummary,
  readings: LineOutput,
  rejects: LineOutput | null,
): void {
  const refuse = (reject: Reject): void => {
    summary.add(reject);
    rejects?.write(rejectLine(reject, message));
  };
  const decoded = decode(message, options);
  decoded.rejects.forEach(refuse);
  for (const row of decoded.rows) {
    const cleansed = cleanse(row, { checkClock: false });
    cleansed.rejects.forEach(refuse);
    for (const reading of cleansed.rows) {
      summary.readings++;
      readings.write((options.toLine ?? toCanonicalJson)(reading));
    }
  }
}

/** A line of `--rejects` (docs/dead-letters.md). */
function rejectLine({ stage, reason, field, detail }: Reject, message: Message): string {
  const original_base64 = Buffer.from(message.payload).toString('base64');
  return JSON.stringify({ stage, reason, field, detail, original_base64 });
}
