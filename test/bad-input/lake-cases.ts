import { expect } from '@jest/globals';
import { openLakeSnapshot } from '../../lake/reader.js';
import { openQuerySession } from '../../query/session.js';
import { csvLines } from '../../query/csv.js';
import { runMessages } from '../support/direct.js';
import { wire } from '../support/wire-reading.js';
import { withFolder } from '../support/vitals.js';

/** Runs messages through the engine into a lake, and asks it something. */
async function lakeOf(
  messages: readonly string[],
  sql: string,
): Promise<{ readonly run: object; readonly rows: readonly object[] }> {
  let result = { run: {}, rows: [] as readonly object[] };
  await withFolder(async (lake) => {
    const { run } = await runMessages(lake, messages);
    const session = await openQuerySession(await openLakeSnapshot(lake));
    try {
      result = { run, rows: (await session.all(sql)) as readonly object[] };
    } finally {
      await session.close();
    }
  });
  return result;
}

const SILVER = 'SELECT heart_rate, flags FROM silver.patient_vitals ORDER BY event_time, heart_rate';
const ARTEFACTS = 'SELECT vital, kind, minutes, value FROM gold.vital_artefacts';

/** A reading a minute with these heart rates. */
const minutes = (rates: readonly number[]): string[] =>
  rates.map((heart_rate, minute) =>
    wire({ sequence: minute, seconds: minute * 60, heart_rate, respiratory_rate: 12 + (minute % 5) }),
  );

/** Rows of the table that need more than one message: what the whole engine does with them. */
export const LAKE_CASES: ReadonlyMap<number, () => Promise<void>> = new Map([
  [
    50,
    async () => {
      const { run, rows } = await lakeOf(minutes(Array.from({ length: 16 }, () => 78)), ARTEFACTS);
      expect(run).toMatchObject({ silver: 16, dead_letter: 0, field_rejects: 0 });
      expect(rows).toEqual([{ vital: 'heart_rate', kind: 'flat_line', minutes: 16, value: 78 }]);
    },
  ],
  [
    51,
    async () => {
      const { run, rows } = await lakeOf(minutes([80, 140, 80]), ARTEFACTS);
      expect(run).toMatchObject({ silver: 3, dead_letter: 0, field_rejects: 0 });
      expect(rows).toEqual([{ vital: 'heart_rate', kind: 'jump', minutes: 1, value: 140 }]);
    },
  ],
  [
    58,
    async () => {
      const messages = [wire({ sequence: 2, seconds: 7_200 }), wire({ sequence: 1, seconds: 1, heart_rate: 90 })];
      const { run, rows } = await lakeOf(
        messages,
        'SELECT heart_rate_max AS heart_rate FROM gold.patient_summary ORDER BY window_start',
      );
      expect(run).toMatchObject({ silver: 2, dead_letter: 0 });
      expect(rows).toEqual([{ heart_rate: 90 }, { heart_rate: 78 }]);
    },
  ],
  [
    83,
    async () => {
      const { rows } = await lakeOf([wire({ ward: '=cmd()' })], 'SELECT ward FROM silver.patient_vitals');
      expect(rows).toEqual([{ ward: '=cmd()' }]);
      const lines: string[] = [];
      for await (const line of csvLines(['ward'], stream(rows))) lines.push(line);
      expect(lines).toEqual(['ward\n', "'=cmd()\n"]);
    },
  ],
  [
    86,
    async () => {
      const { run, rows } = await lakeOf([wire(), wire(), wire({ sequence: 2 }), wire()], SILVER);
      expect(run).toMatchObject({ messages: 4, received: 4, silver: 2, suppressed: 2, dead_letter: 0, conflicts: 0 });
      expect(rows).toHaveLength(2);
    },
  ],
  [
    87,
    async () => {
      const final = [wire({ heart_rate: 80 }), wire({ heart_rate: 90 })];
      const letters = "SELECT reason, scope FROM silver.dead_letter WHERE reason = 'CONFLICT'";
      const { run, rows } = await lakeOf(final, letters);
      expect(run).toMatchObject({ received: 2, silver: 2, suppressed: 0, conflicts: 1, dead_letter: 0 });
      expect(rows).toEqual([{ reason: 'CONFLICT', scope: 'conflict' }]);
      const corrected = [wire({ heart_rate: 80 }), wire({ heart_rate: 90, status: 'corrected' })];
      expect(await lakeOf(corrected, letters)).toMatchObject({ run: { silver: 2, conflicts: 0 }, rows: [] });
      const withdrawn = [wire({ heart_rate: 80 }), wire({ heart_rate: 80, status: 'entered-in-error' })];
      expect(await lakeOf(withdrawn, letters)).toMatchObject({ run: { silver: 2, conflicts: 0 }, rows: [] });
    },
  ],
  [
    88,
    async () => {
      // The counter of a monitor that was switched off: 7, 8, then 1, 2; later numbers come a second time at other times.
      const messages = [7, 8, 1, 2, 7].map((sequence, at) => wire({ sequence, seconds: at * 60, heart_rate: 70 + at }));
      const { run, rows } = await lakeOf(
        messages,
        'SELECT previous_sequence, sequence FROM gold.sequence_resets ORDER BY event_time',
      );
      expect(run).toMatchObject({ received: 5, silver: 5, suppressed: 0, conflicts: 0, dead_letter: 0 });
      expect(rows).toEqual([{ previous_sequence: 8, sequence: 1 }]);
    },
  ],
]);

async function* stream(rows: readonly object[]): AsyncGenerator<never> {
  for (const row of rows) yield row as never;
}
