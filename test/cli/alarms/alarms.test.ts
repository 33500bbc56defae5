import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import { runAlarms, type AlarmsRequest } from '../../../cli/alarms/run-alarms.js';
import { ruleSetsOf } from '../../../cli/alarms/rule-sets.js';
import { readTruth } from '../../../cli/alarms/truth.js';
import { vitals, withFolder } from '../../support/vitals.js';

const REQUEST: AlarmsRequest = {
  lake: '',
  from: undefined,
  to: undefined,
  rules: ['instant', 'standard', 'ward'],
  labels: undefined,
  json: false,
  'memory-limit': '256MB',
  'pseudonym-key-file': undefined,
};

/** What `vitals alarms` prints. */
async function alarms(request: Partial<AlarmsRequest>): Promise<string> {
  const [data, notes] = [new PassThrough(), new PassThrough()];
  const printed = text(data);
  try {
    await runAlarms({ ...REQUEST, ...request }, data, notes.resume());
  } finally {
    data.end();
  }
  return printed;
}

describe('vitals alarms', () => {
  test('replays a simulated night under three sets of rules against its labels', async () => {
    await withFolder(async (folder) => {
      const [data, lake, labels] = ['in', 'lake', 'labels.ndjson'].map((name) => join(folder, name)) as [
        string,
        string,
        string,
      ];
      const night = ['--from', '2026-11-20T22:00:00Z', '--to', '2026-11-21T02:00:00Z', '--interval', '30'];
      const ill = ['--scenario', 'haemorrhage', '--scenario-share', '0.5', '--turnover', '0'];
      const patients = ['--patients', '6', '--seed', 'alarms', '--labels', labels];
      await vitals(['simulate', ...night, ...ill, ...patients, '--sink', `file:${data}`]);
      await vitals(['run', '--source', `file:${data}`, '--lake', lake, '--once']);
      const report = JSON.parse(await alarms({ lake, labels, json: true })) as {
        patients: number;
        bed_days: number;
        rules: { rules: string; alarms: number; truth: { episodes: number; detected: number } }[];
      };
      expect([report.patients, report.bed_days]).toEqual([6, expect.closeTo(1, 1)]);
      const [instant, standard, ward] = report.rules;
      expect(report.rules.map(({ rules }) => rules)).toEqual(['instant', 'standard', 'ward']);
      expect(instant?.alarms).toBeGreaterThan(standard?.alarms as number);
      expect(standard?.alarms).toBeGreaterThan(ward?.alarms as number);
      expect(instant?.truth.episodes).toBeGreaterThan(0);
      expect(instant?.truth.detected).toBeGreaterThan(0);

      const part = await alarms({ lake, from: '2026-11-21T00:00:00Z', rules: ['standard'] });
      expect(part).toMatch(/^6 patients, 1,4\d\d readings, 0\.5 bed-days\n/);
      await expect(alarms({ lake, from: '2026-11-21', to: '2026-11-20' })).rejects.toThrow(
        /--to: 2026-11-20 is not after/,
      );
    });
  });
});

describe('--rules', () => {
  const OWN = {
    name: 'night',
    rules: [{ name: 'low', severity: 'urgent', field: 'spo2', side: 'below', raise_at: 80, clear_at: 85 }],
  };

  test('takes names and files, also separated by commas', async () => {
    await withFolder(async (folder) => {
      const file = join(folder, 'night.json');
      await writeFile(file, JSON.stringify(OWN));
      expect((await ruleSetsOf(['ward,instant', file])).map(({ name }) => name)).toEqual(['ward', 'instant', 'night']);
    });
  });

  test('refuses what is neither, and two of one name', async () => {
    await expect(ruleSetsOf(['quite'])).rejects.toThrow(/--rules: "quite" is no set of rules and no file \(ENOENT\)/);
    await expect(ruleSetsOf(['ward', 'ward'])).rejects.toThrow(/two sets are called ward/);
    await expect(ruleSetsOf([''])).rejects.toThrow(/no set was named\. Name instant, standard, ward/);
  });
});

describe('--labels', () => {
  const EPISODE = {
    type: 'episode',
    patient_id: 'P1',
    kind: 'sepsis',
    onset: '2026-11-21T00:00:00Z',
    end: '2026-11-21T01:00:00Z',
  };

  async function truthOf(...lines: readonly (object | string)[]) {
    return withFolder(async (folder) => {
      const file = join(folder, 'labels.ndjson');
      await writeFile(file, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
      return readTruth(file, (id) => `pseudonym of ${id}`);
    });
  }

  test('gives episodes and artefacts by pseudonym, and passes over the rest', async () => {
    const artefact = { ...EPISODE, type: 'artefact', kind: 'motion', field: 'spo2' };
    const truth = await truthOf(EPISODE, { type: 'message', patient_id: 'P1' }, artefact, '', { type: 'summary' });
    const [onset, end] = [Date.parse(EPISODE.onset), Date.parse(EPISODE.end)];
    expect([...truth]).toEqual([
      [
        'pseudonym of P1',
        { episodes: [{ kind: 'sepsis', onset, end }], artefacts: [{ kind: 'motion', field: 'spo2', onset, end }] },
      ],
    ]);
  });

  test('names the line that is wrong', async () => {
    await expect(truthOf(EPISODE, '{')).rejects.toThrow(/labels\.ndjson:2 has not a JSON object/);
    await expect(truthOf({ ...EPISODE, end: 'soon' })).rejects.toThrow(/:1 has not an onset and an end/);
    await expect(truthOf({ ...EPISODE, kind: null })).rejects.toThrow(/:1 has not a patient_id and a kind/);
    await expect(readTruth('/nowhere/labels', (id) => id)).rejects.toThrow(/--labels: .* cannot be read/);
  });
});
