import type { SilverRow } from '../../schema/tables/silver-patient-vitals.js';
import { groupBy } from './group-by.js';

/** What gold.sequence_resets must answer: each current reading whose device had counted further before. */
export function sequenceResets(current: readonly SilverRow[]) {
  const counted = current.filter((row) => row.sequence !== null && row.device_id !== null);
  const devices = groupBy(
    counted.filter((row) => row.status !== 'entered-in-error'),
    (row) => `${row.patient_id}|${row.device_id}`,
  );
  return [...devices.values()].flatMap((rows) => {
    const order = [...rows].sort((a, b) => a.event_time - b.event_time || (a.reading_id < b.reading_id ? -1 : 1));
    return order.flatMap((row, i) => {
      const previous = order[i - 1]?.sequence ?? null;
      if (previous === null || (row.sequence as number) >= previous) return [];
      const { event_date, patient_id, device_id, ward, reading_id, event_time, sequence } = row;
      return [
        { event_date, patient_id, device_id, ward, reading_id, event_time, sequence, previous_sequence: previous },
      ];
    });
  });
}
