import { scanOwner } from '../../transforms/decode/patient-scan.js';
import type { DialectName } from '../dialects/dialect.js';
import type { MessageDialects } from './reading-sink.js';

/** One message of a chunk, with what keeps its order. */
export interface KeyedLine {
  readonly payload: Buffer;
  /** The patient; empty where the message does not say (it is spoilt). */
  readonly key: string;
  readonly dialect: DialectName;
}

const NEWLINE = 0x0a;

/** Where the nested dialects name the patient, as the simulator writes them. */
const NAMED = /"(?:patient_id":"|subject":\{"reference":"Patient\/)([A-Za-z0-9._-]+)"/;

/**
 * Cuts a chunk of whole lines into messages for a broker, keyed by patient.
 *
 * @param chunk is copied once: the caller may use its memory again
 */
export function* keyedLines(chunk: Uint8Array, dialects: MessageDialects = 'json'): Generator<KeyedLine> {
  const bytes = Buffer.from(chunk);
  let start = 0;
  let number = 0;
  for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
    const payload = bytes.subarray(start, end);
    const dialect = typeof dialects === 'string' ? dialects : (dialects[number++] ?? 'json');
    yield { payload, key: patientOf(payload, dialect), dialect };
    start = end + 1;
  }
}

function patientOf(payload: Buffer, dialect: DialectName): string {
  const scanned = scanOwner(payload);
  if (scanned !== null || dialect === 'json' || dialect === 'hl7v2') return scanned ?? '';
  return NAMED.exec(payload.toString('latin1'))?.[1] ?? '';
}
