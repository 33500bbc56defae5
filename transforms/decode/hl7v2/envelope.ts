/** How HL7 v2 begins: a message, file or batch header; before it perhaps MLLP's start block and blanks. */
const START = /^[\u000b\s]*(?:MSH|FHS|BHS)[^A-Za-z0-9\s]/;

/** Segments around the messages of a batch: they hold nothing about a patient. */
const BATCH_SEGMENT = /^(?:FHS|BHS|BTS|FTS)(?:[^A-Za-z0-9]|$)/;
const MESSAGE_START = /^MSH(?:[^A-Za-z0-9]|$)/;

/** MLLP's framing, left on: the start block 0x0B before a header, the end block 0x1C behind the last segment. */
const START_BLOCK = /^\u000b(?=MSH|FHS|BHS)/;
const END_BLOCK = /\u001c$/;

/** The messages of a payload, each as its lines, MSH first; and what had to be removed to find them (flags). */
export interface Envelope {
  readonly messages: readonly (readonly string[])[];
  /** MLLP_FRAMING, LINE_ENDS, BATCH. */
  readonly repairs: readonly string[];
  /** Something stands before the first MSH that is no batch header. */
  readonly strayed: boolean;
}

/** True when a text can only be HL7 v2. */
export function looksLikeHl7(text: string): boolean {
  return START.test(text);
}

/** Takes a payload apart: one message, several, or a batch (FHS, BHS, BTS, FTS). Segments end with CR; LF and CRLF are repaired. */
export function openEnvelope(text: string): Envelope {
  const repairs = new Set<string>();
  const messages: string[][] = [];
  let strayed = false;
  if (text.includes('\n')) repairs.add('LINE_ENDS');
  for (const raw of text.trimStart().split(/\r\n|\r|\n/)) {
    const line = raw.replace(START_BLOCK, '').replace(END_BLOCK, '');
    if (line !== raw) repairs.add('MLLP_FRAMING');
    if (line.trim() === '') continue;
    if (BATCH_SEGMENT.test(line)) repairs.add('BATCH');
    else if (MESSAGE_START.test(line)) messages.push([line]);
    else if (messages.length === 0) strayed = true;
    else messages.at(-1)?.push(line);
  }
  return { messages, repairs: [...repairs], strayed };
}
