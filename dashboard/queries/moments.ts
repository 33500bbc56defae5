import type { LakeStore } from './lake-store.js';
import { iso, momentOf, type Moment } from './moment.js';
import { MINUTE } from './times.js';

/** Before the first commit that is known, bronze is searched back from the time that was asked for: so far, then all of it. */
const SEARCH_BACK = [10 * MINUTE, Infinity] as const;

/** Batches below the last one whose readings say where event time was. */
const FRONTIER_BATCHES = 100;

/** The lake as it is now. Throws a {@link LakeError} NOT_A_LAKE while there is none. */
export async function momentNow(store: LakeStore): Promise<Moment> {
  const snapshot = store.snapshot ?? (await store.refresh());
  return momentOf(snapshot, store.commits.last, null);
}

/**
 * The lake as it had been committed by a time: exact where the manifests of that time are kept (1,000 batches at least).
 * For older times a batch counts once all its messages had been received and no alert of it or of an earlier batch says that it was
 * committed later: that is right to within the time that a batch takes, about a second.
 */
export async function momentAt(store: LakeStore, time: number): Promise<Moment> {
  const snapshot = await store.refresh();
  const commit = store.commits.by(time);
  if (commit !== null) return momentOf(snapshot, commit, time);
  const first = store.commits.commits[0]?.sequence ?? 1;
  const nothing = momentOf(snapshot, null, time);
  return first === 1 ? nothing : olderMoment(store, nothing, time, first - 1);
}

async function olderMoment(store: LakeStore, nothing: Moment, time: number, newest: number): Promise<Moment> {
  const all: Moment = { ...nothing, batch: newest };
  for (const back of SEARCH_BACK) {
    const within = { 'bronze.patient_vitals': { from: time - back, to: time + 1 } };
    const [row] = await store.ask(
      all,
      `SELECT max(batch) AS batch, epoch_ms(max(receive_time)) AS received FROM bronze.patient_vitals
       WHERE batch < (SELECT coalesce(min(batch), $1) FROM gold.alerts WHERE commit_time > CAST($2 AS TIMESTAMPTZ))`,
      [newest + 1, iso(time)],
      within,
    );
    const batch = row?.['batch'] ?? null;
    if (row === undefined || typeof batch !== 'number') continue;
    const frontier = await frontierAt(store, { ...nothing, batch });
    return {
      ...nothing,
      batch,
      committedAt: row['received'] as number,
      latestEvent: frontier,
      frontier: frontier ?? 0,
    };
  }
  return nothing;
}

async function frontierAt(store: LakeStore, moment: Moment): Promise<number | null> {
  const sql = `SELECT epoch_ms(max(event_time)) AS latest FROM silver.patient_vitals WHERE batch > $1`;
  const after = moment.batch - FRONTIER_BATCHES;
  const [row] = await store.ask(moment, sql, [after], {}, after);
  return (row?.['latest'] ?? null) as number | null;
}
