const DAY_MILLIS = 86_400_000;

let lastDay = NaN;
let lastDate = '';

/** The UTC date of a time in epoch milliseconds, `YYYY-MM-DD`. Remembers the last day: neighbours share it. */
export function utcDate(time: number): string {
  const day = Math.floor(time / DAY_MILLIS);
  if (day !== lastDay) {
    lastDate = new Date(day * DAY_MILLIS).toISOString().slice(0, 10);
    lastDay = day;
  }
  return lastDate;
}
