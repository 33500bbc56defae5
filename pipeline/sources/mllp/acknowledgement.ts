import type { Refusal } from '../../../transforms/decode/hl7v2/index.js';
import { readMessageHeader, type MessageHeader } from './header.js';

/** What an answer says: accepted, an error of ours (send again), rejected (do not). */
export type Verdict = 'A' | 'E' | 'R';

/** Why a message was not accepted: a code of HL7 table 0357, and a field of MSH where it is about one. */
export interface Fault {
  readonly code: keyof typeof FAULTS;
  readonly field: number | null;
  /** For a person: never a value out of the message. */
  readonly text: string;
}

/** HL7 table 0357, message error condition codes: those that are sent. */
const FAULTS = {
  100: 'Segment sequence error',
  102: 'Data type error',
  200: 'Unsupported message type',
  202: 'Unsupported processing id',
  203: 'Unsupported version id',
  207: 'Application internal error',
} as const;

/** What an answer needs beyond the message: its own id and time. */
export interface AnswerStamp {
  readonly controlId: string;
  /** Epoch milliseconds. */
  readonly time: number;
}

const USUAL: MessageHeader = {
  delimiters: { field: '|', component: '^', repetition: '~', escape: '\\', subcomponent: '&' },
  encoding: '|^~\\&',
  field: () => '',
};

/** The fault that a refusal of decode is. */
export function faultOf({ reason, detail, field }: Refusal): Fault {
  const code = field === 9 ? 200 : field === 11 ? 202 : field === 12 ? 203 : reason === 'ENCODING' ? 102 : 100;
  return { code, field, text: `${reason}: ${detail}` };
}

/**
 * The answers that a message is owed, in order; none when its sender wants none.
 *
 * Original mode (MSH-15 and MSH-16 empty): one, AA, AE or AR. Enhanced mode: a commit acknowledgement (CA, CE, CR) as MSH-15 asks, and an
 * application acknowledgement (AA, AE, AR) as MSH-16 asks: AL always, NE never, ER only an error, SU only success (HL7 table 0155).
 *
 * @param stamp asked for once for each answer
 */
export function answersTo(content: Buffer, verdict: Verdict, fault: Fault | null, stamp: () => AnswerStamp): Buffer[] {
  const header = readMessageHeader(content) ?? USUAL;
  return acknowledgementsOwed(header, verdict).map((level) =>
    Buffer.from(answer(header, `${level}${verdict}`, fault, stamp()), 'latin1'),
  );
}

function acknowledgementsOwed(header: MessageHeader, verdict: Verdict): ('A' | 'C')[] {
  const [commit, application] = [header.field(15).trim(), header.field(16).trim()];
  if (commit === '' && application === '') return ['A'];
  const owed: ('A' | 'C')[] = [];
  if (wants(commit, verdict)) owed.push('C');
  if (wants(application, verdict)) owed.push('A');
  return owed;
}

function wants(condition: string, verdict: Verdict): boolean {
  if (condition === 'AL') return true;
  return verdict === 'A' ? condition === 'SU' : condition === 'ER';
}

function answer(header: MessageHeader, code: string, fault: Fault | null, stamp: AnswerStamp): string {
  const separator = header.delimiters.field;
  const version = /^2(?:\.\d{1,2}){0,2}/.exec(header.field(12))?.[0] ?? '2.5.1';
  const segments = [
    headerSegment(header, version, stamp),
    ['MSA', code, header.field(10)].join(separator),
    ...(fault === null ? [] : [errorSegment(header, version, fault)]),
  ];
  return segments.map((segment) => `${segment}\r`).join('');
}

/** Sender and receiver change places; delimiters, processing id, version and character set are the sender's. */
function headerSegment(header: MessageHeader, version: string, stamp: AnswerStamp): string {
  const { delimiters, encoding, field } = header;
  const [, event] = field(9).split(delimiters.component);
  const type = ['ACK', ...(event ? [event] : []), ...(event && atLeast(version, 3.1) ? ['ACK'] : [])];
  const time = new Date(stamp.time).toISOString().slice(0, 19).replace(/[-:T]/g, '');
  const fields = [
    ...[field(5) || 'VITALS', field(6), field(3), field(4), `${time}+0000`, ''],
    ...[type.join(delimiters.component), stamp.controlId, field(11) || 'P', version],
    ...['', '', '', '', '', field(18)],
  ];
  return `MSH${encoding}${delimiters.field}${fields.join(delimiters.field)}`.replace(trailing(delimiters.field), '');
}

/** From version 2.5 on ERR-3 holds the code, ERR-4 the severity, ERR-8 the words; before, ERR-1 held all. */
function errorSegment({ delimiters }: MessageHeader, version: string, fault: Fault): string {
  const { field, component, subcomponent } = delimiters;
  const place = fault.field === null ? ['', '', ''] : ['MSH', '1', String(fault.field)];
  const words = FAULTS[fault.code];
  // Words of ours hold letters, digits, commas, colons, points and a caret: whatever divides this message is left out.
  const text = Array.from(fault.text, (character) =>
    Object.values(delimiters).includes(character) ? ' ' : character,
  ).join('');
  if (!atLeast(version, 5)) {
    return ['ERR', [...place, [fault.code, words, 'HL70357'].join(subcomponent)].join(component)].join(field);
  }
  const location = fault.field === null ? '' : place.join(component);
  return ['ERR', '', location, [fault.code, words, 'HL70357'].join(component), 'E', '', '', '', text].join(field);
}

/** Whether a version 2.x is x or later; 3.1 stands for 2.3.1, with which the structure came into MSH-9. */
function atLeast(version: string, wanted: number): boolean {
  const [, minor = '0', patch = ''] = version.split('.');
  return Number(patch === '' ? minor : `${minor}.${patch}`) >= wanted;
}

function trailing(separator: string): RegExp {
  return new RegExp(`\\${separator}+$`);
}
