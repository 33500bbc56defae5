import type { Delimiters } from './delimiters.js';

const HEX_BYTES = /^X(?:[0-9A-Fa-f]{2})+$/;
/** Formatting that has no place in an id, a label or a number: `\.br\` breaks a line, `\H\` and `\N\` are bold on and off. */
const FORMATTING: ReadonlyMap<string, string> = new Map([
  ['.br', '\n'],
  ['H', ''],
  ['N', ''],
]);

/**
 * Undoes escape sequences (HL7 v2.5.1 chapter 2.7): `\F\ \S\ \T\ \R\ \E\` are the delimiters, `\Xhh..\` bytes (as UTF-8,
 * else as 8859/1). Anything else (`\Cxxyy\`, `\Zxx\`, one that is not closed) stays as it is, so that an id which holds it is
 * refused rather than guessed.
 */
export function unescape(text: string, delimiters: Delimiters): string {
  const { escape } = delimiters;
  if (!text.includes(escape)) return text;
  let result = '';
  let at = 0;
  for (;;) {
    const open = text.indexOf(escape, at);
    const close = open === -1 ? -1 : text.indexOf(escape, open + 1);
    if (close === -1) return result + text.slice(at);
    const meant = meaningOf(text.slice(open + 1, close), delimiters);
    // What is no sequence may end where one begins: its second escape character is looked at again.
    result += text.slice(at, open) + (meant ?? text.slice(open, close));
    at = meant === null ? close : close + 1;
  }
}

/** Writes a text so that it survives as part of a field: {@link unescape} gives it back. */
export function escapeText(text: string, delimiters: Delimiters): string {
  const { field, component, repetition, escape, subcomponent } = delimiters;
  const codes = new Map([
    [field, 'F'],
    [component, 'S'],
    [subcomponent, 'T'],
    [repetition, 'R'],
    [escape, 'E'],
    ['\r', 'X0D'],
    ['\n', 'X0A'],
  ]);
  return Array.from(text, (character) => {
    const code = codes.get(character);
    return code === undefined ? character : escape + code + escape;
  }).join('');
}

function meaningOf(sequence: string, delimiters: Delimiters): string | null {
  switch (sequence) {
    case 'F':
      return delimiters.field;
    case 'S':
      return delimiters.component;
    case 'T':
      return delimiters.subcomponent;
    case 'R':
      return delimiters.repetition;
    case 'E':
      return delimiters.escape;
    default:
      return HEX_BYTES.test(sequence) ? textOfHex(sequence.slice(1)) : (FORMATTING.get(sequence) ?? null);
  }
}

function textOfHex(hex: string): string {
  const bytes = Buffer.from(hex, 'hex');
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? bytes.toString('latin1') : text;
}
