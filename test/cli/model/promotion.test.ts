import { describe, expect, test } from '@jest/globals';
import { followChampion, championOf } from '../../../cli/champion.js';
import { withModels } from '../../../cli/scoring-models.js';
import { ModelRegistry } from '../../../lake/model-registry/model-registry.js';
import { openLakeSnapshot } from '../../../lake/reader.js';
import { openQuerySession } from '../../../query/session.js';
import { auditInProcess } from '../../support/audit.js';
import type { PullLimits } from '../../../pipeline/sources/source.js';
import { runMessages, SETTING, tickingClock } from '../../support/direct.js';
import { smallForest } from '../../support/forests.js';
import { MemorySource } from '../../support/memory-source.js';
import { withFolder } from '../../support/vitals.js';
import { wire } from '../../support/wire-reading.js';

const MESSAGES = 60;
const BATCH = 5;

/** A source during which somebody decides about models: before the pull of that number. */
class SourceWithDecisions extends MemorySource {
  #pulls = 0;

  constructor(
    payloads: readonly string[],
    private readonly decisions: Readonly<Record<number, () => Promise<unknown>>>,
  ) {
    super(payloads);
  }

  override async pull(limits: PullLimits) {
    await this.decisions[this.#pulls++]?.();
    return super.pull(limits);
  }
}

async function query<T>(lake: string, sql: string): Promise<T[]> {
  const session = await openQuerySession(await openLakeSnapshot(lake));
  try {
    return (await session.all(sql)) as T[];
  } finally {
    await session.close();
  }
}

/** The batches that a model scored, from first to last, by the column that names it. */
async function scoredBy(lake: string, column: 'model_id' | 'challenger_id') {
  return query<{ id: string | null; from: number; to: number; n: number }>(
    lake,
    `SELECT ${column} AS id, MIN(batch)::INT AS "from", MAX(batch)::INT AS "to", COUNT(*)::INT AS n
     FROM (SELECT *, SUM(CASE WHEN ${column} IS DISTINCT FROM before THEN 1 ELSE 0 END) OVER (ORDER BY batch, sequence) AS turn
           FROM (SELECT *, LAG(${column}) OVER (ORDER BY batch, sequence) AS before FROM silver.patient_vitals))
     GROUP BY turn, ${column} ORDER BY turn`,
  );
}

describe('promotion while a pipeline runs', () => {
  test('loses no reading, and each row names the model that scored it', async () => {
    await withFolder(async (lake) => {
      const [first, second] = [smallForest(1), smallForest(2)] as const;
      const registry = new ModelRegistry(lake);
      const who = { who: 'ana', reason: null, time: Date.UTC(2026, 10, 21) };
      await registry.register(first.files, 'first', who);
      await registry.register(second.files, 'second', who);
      await registry.promote(first.id, who);
      const messages = Array.from({ length: MESSAGES }, (_, i) => wire({ patient: `P${i % 7}`, sequence: i + 1 }));
      const source = new SourceWithDecisions(messages, {
        3: () => registry.challenge(second.id, who),
        6: () => registry.promote(null, who),
        9: () => registry.rollback(who),
      });
      const setting = withModels(SETTING, await championOf(lake));
      const notices: string[] = [];
      const nextSetting = followChampion(lake, setting, tickingClock(), (text) => notices.push(text));
      const status = await runMessages(lake, [], BATCH, { ...setting, source, nextSetting });
      expect(status.run).toMatchObject({ messages: MESSAGES, silver: MESSAGES, dead_letter: 0, suppressed: 0 });

      // A decision that is made while a batch is pulled takes effect with the next one.
      expect(await scoredBy(lake, 'model_id')).toEqual([
        { id: first.id, from: 1, to: 7, n: 35 },
        { id: second.id, from: 8, to: 10, n: 15 },
        { id: first.id, from: 11, to: 12, n: 10 },
      ]);
      expect(await scoredBy(lake, 'challenger_id')).toEqual([
        { id: null, from: 1, to: 4, n: 20 },
        { id: second.id, from: 5, to: 7, n: 15 },
        { id: null, from: 8, to: 12, n: 25 },
      ]);
      const shadow = await query<{ n: number }>(
        lake,
        `SELECT COUNT(*)::INT AS n FROM silver.patient_vitals
           WHERE challenger_id IS NOT NULL AND (challenger_score IS NULL OR challenger_is_anomaly IS NULL)`,
      );
      expect(shadow).toEqual([{ n: 0 }]);
      expect(notices).toHaveLength(3);
      expect((await auditInProcess(lake)).ok).toBe(true);
      const events = await query<{ event: string }>(lake, 'SELECT event FROM gold.model_events ORDER BY event_number');
      expect(events.map(({ event }) => event)).toEqual([
        'registered',
        'registered',
        'promoted',
        'challenged',
        'promoted',
        'rolled_back',
      ]);
    });
  });

  test('a shadow changes no hash of silver and gold', async () => {
    const hashes: unknown[] = [];
    for (const shadow of [false, true]) {
      await withFolder(async (lake) => {
        const [model, challenger] = [smallForest(1), smallForest(2)];
        const setting = withModels(SETTING, { model, challenger: shadow ? challenger : null });
        const messages = Array.from({ length: 20 }, (_, i) => wire({ sequence: i + 1, heart_rate: 60 + 5 * i }));
        await runMessages(lake, messages, 7, setting);
        const { silver_hash, gold_hash } = await auditInProcess(lake);
        hashes.push({ silver_hash, gold_hash });
      });
    }
    expect(hashes[1]).toEqual(hashes[0]);
  });

  test('a lake without a champion is refused with the command that makes one', async () => {
    await withFolder(async (lake) => {
      await expect(championOf(lake)).rejects.toThrow(/no champion yet.*vitals model register DIR/s);
    });
  });

  test('a registry that cannot be read leaves the model as it is', async () => {
    await withFolder(async (lake) => {
      const model = smallForest(1);
      const setting = withModels(SETTING, { model, challenger: null });
      const notices: string[] = [];
      const registry = new ModelRegistry(lake);
      const who = { who: 'ana', reason: null, time: 0 };
      await registry.register(smallForest(2).files, 'second', who);
      await registry.promote(smallForest(2).id, who);
      const { rm } = await import('node:fs/promises');
      await rm(`${lake}/_models`, { recursive: true });
      const follow = followChampion(lake, setting, tickingClock(), (text) => notices.push(text));
      expect(await follow()).toBeNull();
      expect(notices).toEqual([expect.stringMatching(/not to be read.*goes on/)]);
    });
  });
});
