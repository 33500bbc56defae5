import { scanPatientId } from '../../transforms/decode/patient-scan.js';

/** One message of a chunk, with what keeps its order. */
export interface KeyedLine {
  readonly payload: Buffer;
  /** The patient; empty where the message does not say (it is spoilt). */
  readonly key: string;
}

const NEWLINE = 0x0a;

/**
 * Cuts a chunk of whole lines into messages for a broker, keyed by patient.
 *
 * @param chunk is copied once: the caller may use its memory again
 */
export function* keyedLines(chunk: Uint8Array): Generator<KeyedLine> {
  const bytes = Buffer.from(chunk);
  let start = 0;
  for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
    const payload = bytes.subarray(start, end);
    yield { payload, key: scanPatientId(payload) ?? '' };
    start = end + 1;
  }
}
