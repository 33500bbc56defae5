import { Findings } from '../../findings.js';
import type { Reason, Reject } from '../../reject.js';
import type { DecodedReading } from '../decoded-reading.js';
import type { DecodeContext, DecodedItems, TextDialect } from '../dialect.js';
import { asBuffer, readText } from '../payload-text.js';
import { rejectMessage } from '../reject-message.js';
import { readDeclaredLatin1 } from './character-set.js';
import { readDelimiters, type Delimiters } from './delimiters.js';
import { looksLikeHl7, openEnvelope } from './envelope.js';
import { groupObservations, readHeader } from './message.js';
import { readGroup } from './reading.js';
import { readSegment, valueOf, type Segment } from './segments.js';

/** A message in its segments, or why it cannot be read. */
interface Parsed {
  readonly segments: readonly Segment[];
  readonly delimiters: Delimiters;
}
/** Why a message cannot be read at all. */
export interface Refusal {
  readonly reason: Reason;
  readonly detail: string;
  /** The field of MSH that it is about; null when it is the message as a whole. */
  readonly field: number | null;
}

/**
 * HL7 v2 ORU^R01, versions 2.x (docs/hl7v2.md). A payload holds one message, or several (a batch, frames of MLLP): each is
 * read by itself. Observations of one patient, device and time are one item; a message that cannot be read is one item.
 *
 * Rejects besides those of {@link readGroup}: FORMAT (no MSH, a message that is not ORU^R01, a processing id that is none), SYNTAX (delimiters, a line
 * that is no segment), VERSION (MSH-12 is not 2.x), ENCODING (a character set that is not read).
 * Delivery: pure and deterministic.
 */
export const HL7V2: TextDialect = { kind: 'text', name: 'hl7v2', recognises: looksLikeHl7, read: readHl7 };

const STRAYED = 'not HL7 v2: something else stands before MSH';
const NO_MESSAGE = 'HL7 v2 without a message';

function readHl7(text: string, context: DecodeContext): DecodedItems {
  const { messages, repairs, strayed } = openEnvelope(text);
  if (strayed) return rejectMessage(context.message, 'FORMAT', STRAYED);
  if (messages.length === 0) return rejectMessage(context.message, 'FORMAT', NO_MESSAGE);
  const rows: DecodedReading[] = [];
  const rejects: Reject[] = [];
  let item = 0;
  for (const lines of messages) {
    for (const { row, found } of readMessage(lines, repairs, context, item)) {
      if (row !== null) rows.push(row);
      rejects.push(...found.rejects);
      item++;
    }
  }
  return { rows, rejects };
}

/**
 * Whether decode would refuse a payload whole, before it looks at what it says of a patient: null when it holds at least one
 * message that can be read, else why the first cannot. For whoever has to answer a sender before the message is decoded.
 */
export function refusePayload(payload: Uint8Array): Refusal | null {
  const { text, reason, detail } = readDeclaredLatin1(asBuffer(payload)) ?? readText(payload);
  if (reason !== null) return { reason, detail, field: null };
  const { messages, strayed } = openEnvelope(text);
  let first: Refusal | null = strayed ? { reason: 'FORMAT', detail: STRAYED, field: null } : null;
  for (const lines of strayed ? [] : messages) {
    const parsed = parseMessage(lines);
    if (!('reason' in parsed)) return null;
    first ??= parsed;
  }
  return first ?? { reason: 'FORMAT', detail: NO_MESSAGE, field: null };
}

interface Item {
  readonly row: DecodedReading | null;
  readonly found: Findings;
}

/** The items of one message, from `first` on. */
function readMessage(
  lines: readonly string[],
  repairs: readonly string[],
  context: DecodeContext,
  first: number,
): Item[] {
  const parsed = parseMessage(lines);
  if ('reason' in parsed) {
    const found = findingsOf(repairs, context, first);
    found.refuseItem(null, parsed.reason, parsed.detail);
    return [{ row: null, found }];
  }
  const { segments, delimiters } = parsed;
  const header = readHeader(segments[0] as Segment, delimiters);
  return groupObservations(segments, header, delimiters).map((group, index) => {
    const item = first + index;
    const found = findingsOf(repairs, context, item);
    return { row: readGroup(group, header, delimiters, context, item, found), found };
  });
}

function findingsOf(repairs: readonly string[], { message, bom }: DecodeContext, item: number): Findings {
  const { batch, offset, message_id, receive_time } = message;
  const findings = new Findings('decode', batch, offset, item, message_id, receive_time, null);
  if (bom) findings.flag('message', 'BOM');
  for (const repair of repairs) findings.flag('message', repair);
  return findings;
}

function parseMessage(lines: readonly string[]): Parsed | Refusal {
  const delimiters = readDelimiters(lines[0] ?? '');
  if (delimiters === null) return { reason: 'SYNTAX', detail: 'MSH-1 and MSH-2 name no delimiters', field: null };
  const segments: Segment[] = [];
  for (const line of lines) {
    const segment = readSegment(line, delimiters);
    if (segment === null) return { reason: 'SYNTAX', detail: 'a line that is no segment', field: null };
    segments.push(segment);
  }
  return refusalOf(segments[0] as Segment, lines, delimiters) ?? { segments, delimiters };
}

/** Character sets of MSH-18 (HL7 table 0211) that are read; in any other only ASCII is what it seems. */
const CHARACTER_SETS: ReadonlySet<string> = new Set(['', 'ASCII', 'UNICODE UTF-8', 'UNICODE', '8859/1']);
const ASCII = /^[\u0000-\u007f]*$/;
/** HL7 table 0103: production, training, debugging; a sender that names none means production. */
const PROCESSING_IDS: ReadonlySet<string> = new Set(['', 'P', 'T', 'D']);

function refusalOf(msh: Segment, lines: readonly string[], delimiters: Delimiters): Refusal | null {
  const [type, event, structure] = [1, 2, 3].map((n) => valueOf(msh, 9, n, delimiters));
  if (type !== 'ORU' || (event !== 'R01' && !(event === '' && structure === 'ORU_R01'))) {
    return { reason: 'FORMAT', detail: 'an HL7 v2 message other than ORU^R01', field: 9 };
  }
  if (!PROCESSING_IDS.has(valueOf(msh, 11, 1, delimiters))) {
    return { reason: 'FORMAT', detail: 'a processing id other than P, T and D', field: 11 };
  }
  const version = valueOf(msh, 12, 1, delimiters);
  if (version !== '' && !/^2(?:\.\d{1,2}){0,2}$/.test(version)) {
    return { reason: 'VERSION', detail: 'a version other than 2.x', field: 12 };
  }
  const known = CHARACTER_SETS.has(valueOf(msh, 18, 1, delimiters));
  return known || lines.every((line) => ASCII.test(line))
    ? null
    : { reason: 'ENCODING', detail: 'a character set that is not read', field: 18 };
}
