import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { checkRetrain, type RetrainRequest } from '../../../cli/retraining/request.js';
import { retrain } from '../../../cli/retraining/run-retrain.js';
import { ModelRegistry } from '../../../lake/model-registry/model-registry.js';
import { simulatedSilver, writeSilverLake } from '../../support/silver-lake.js';
import { withFolder } from '../../support/vitals.js';

const REQUEST: Omit<RetrainRequest, 'lake'> = {
  ...{ who: 'scheduler', algorithm: 'forest', simulate: undefined, from: undefined, to: undefined },
  ...{ 'window-days': 14, 'most-readings': 1_000_000, 'least-readings': 700, holdout: 0.2, seed: 1, 'false-alarms': 5 },
  ...{ measure: 'auc', margin: 0.5, then: 'challenge', patients: 5, days: 1 },
  ...{ 'quiet-patients': 3, 'quiet-days': 1, json: true },
};
const silver = simulatedSilver({ patients: 30, hours: 12, intervalMs: 1_800_000 });
const clock = () => Date.UTC(2026, 9, 6);
const quiet = () => undefined;

describe('vitals model retrain', () => {
  test('makes the first champion, then challengers that are not worse, and repeats nothing', async () => {
    await withFolder(async (lake) => {
      await writeSilverLake(lake, silver);
      const registry = new ModelRegistry(lake);
      const first = await retrain({ ...REQUEST, lake }, clock, quiet);
      expect(first).toMatchObject({ outcome: 'promoted', champion: first.model_id });
      const model = await registry.events();
      expect(model.map(({ event }) => event)).toEqual(['registered', 'promoted']);
      expect(model[0]!.reason).toMatch(/^trained on silver from 2026-10-05T.*calibrated on simulated quiet patients$/);
      expect(model[1]!.reason).toMatch(/^the first champion/);

      const again = await retrain({ ...REQUEST, lake }, clock, quiet);
      expect(again).toMatchObject({ outcome: 'unchanged', model_id: first.model_id, champion: first.model_id });
      expect(again.reason).toMatch(/nothing new: .* made of the same data and options, and promoted/);
      expect(await registry.events()).toHaveLength(2);

      const second = await retrain({ ...REQUEST, lake, seed: 2 }, clock, quiet);
      expect(second).toMatchObject({ outcome: 'challenger', champion: first.model_id });
      expect(second.reason).toMatch(/^not worse: AUC 0\.\d{3}, champion 0\.\d{3}, .* margin 0\.5/);
      expect(await registry.aliases()).toMatchObject({ champion: first.model_id, challenger: second.model_id });
      const last = (await registry.events()).at(-1)!;
      expect(last).toMatchObject({ event: 'challenged', who: 'scheduler', acted_at: clock() });
      expect(last.reason).toMatch(/^not worse.*; retraining [0-9a-f]{12}$/);
      // What somebody has promoted and rolled back since stays rolled back.
      const ana = { who: 'ana', reason: null, time: clock() };
      await registry.promote(null, ana);
      await registry.rollback(ana);
      const third = await retrain({ ...REQUEST, lake, seed: 2 }, clock, quiet);
      expect(third).toMatchObject({ outcome: 'unchanged', model_id: second.model_id, champion: first.model_id });
    });
  });

  test('makes no model of too few readings, which is no failure', async () => {
    await withFolder(async (lake) => {
      await writeSilverLake(lake, silver);
      const few = await retrain({ ...REQUEST, lake, 'least-readings': 721 }, clock, quiet);
      expect(few).toMatchObject({ outcome: 'unchanged', model_id: null, champion: null });
      expect(few.reason).toBe('silver has fewer than 721 readings in the window');
      expect(await new ModelRegistry(lake).events()).toEqual([]);
    });
  });

  test('takes up a run that ended before it had decided, and trains nothing again', async () => {
    await withFolder(async (folder) => {
      const [one, two] = [join(folder, 'one'), join(folder, 'two')];
      for (const lake of [one, two]) await writeSilverLake(lake, silver);
      const request = { ...REQUEST, simulate: 20 };
      const { model_id } = await retrain({ ...request, lake: one }, clock, quiet);
      const files = await new ModelRegistry(one).read(model_id as string);
      await new ModelRegistry(two).register(files, 'm', { who: 'scheduler', reason: 'trained', time: clock() });
      const told: string[] = [];
      const taken = await retrain({ ...request, lake: two }, clock, (text) => told.push(text));
      expect(taken).toMatchObject({ outcome: 'promoted', model_id });
      expect(told.join('\n')).toMatch(/there already, and not yet decided about/);
    });
  });

  test.each([
    [{ margin: -0.1 }, /--margin/],
    [{ 'false-alarms': 0.1 }, /--false-alarms: .*3 patient-days/],
    [{ patients: 0 }, /--patients/],
    [{ holdout: 0.9 }, /--holdout/],
  ])('refuses %j before anything is read', (change, problem) => {
    expect(() => checkRetrain({ ...REQUEST, lake: 'lake', ...change })).toThrow(problem);
  });
});
