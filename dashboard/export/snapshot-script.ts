import type { DashboardSnapshot } from '../api.js';

/**
 * A snapshot as the script that pages load. No text in it can end a script or begin one, whatever is in a ward, a note or an
 * explanation: `<`, `>` and `&` are written as escapes, as are the line ends that JSON allows and older scripts do not.
 */
export function snapshotScript(snapshot: DashboardSnapshot): string {
  return `/* Synthetic data. Not a medical device. */\nwindow.__VITALS_SNAPSHOT__ = ${escaped(JSON.stringify(snapshot))};\n`;
}

function escaped(json: string): string {
  return json.replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
