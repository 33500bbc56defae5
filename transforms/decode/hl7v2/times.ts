const TIME = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(?:(\d\d)(\.\d+)?)?)?([+-]\d{4})?$/;

/** What the common time reader refuses as no time at all (DATE): HL7's digits must never pass for a Unix time. */
const NO_TIME = 'no time';

/**
 * A time of HL7 (`YYYYMMDDHHMM[SS[.S...]][+/-ZZZZ]`) as ISO 8601, for the one reader of times that all dialects share. A time
 * to the day or the hour only is no event time, so it becomes what that reader refuses (DATE).
 *
 * @param zone stands in where the time names none (MSH-7's own zone, which HL7 makes the message's default); '' for none
 */
export function isoTime(time: string, zone: string): string {
  const match = TIME.exec(time);
  if (match === null) return NO_TIME;
  const [, year, month, day, hour, minute, second = '00', fraction = '', own = zone] = match;
  const date = `${year}-${month}-${day}`;
  return hour === undefined ? date : `${date}T${hour}:${minute}:${second}${fraction}${own}`;
}

/** The zone that a time names, `+HHMM`; '' when it names none or is no time. */
export function zoneOf(time: string): string {
  return TIME.exec(time)?.[8] ?? '';
}
