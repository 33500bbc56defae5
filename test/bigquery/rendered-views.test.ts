import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { ALARMS, renderAlarmsView } from '../../bigquery/alarms-view.js';
import { ANOMALY_ALARMS, renderAnomalyAlarmsView } from '../../bigquery/anomaly-alarms-view.js';
import { renderVitalArtefactsView, VITAL_ARTEFACTS } from '../../bigquery/vital-artefacts-view.js';
import { DEFAULT_PERSISTENCE } from '../../model/calibration/persistence.js';
import { CONTEXT_LIMITS } from '../../transforms/artefact/context-limits.js';
import { STANDARD } from '../../transforms/alarms/rule-sets.js';

const committed = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');

describe('views that are rendered from rules', () => {
  test(`${ALARMS} is fresh (npm run render), and has every rule of the standard set`, () => {
    expect(committed(ALARMS)).toBe(renderAlarmsView());
    for (const rule of STANDARD.rules) expect(renderAlarmsView()).toContain(`'${rule.name}' AS rule`);
  });

  test(`${ANOMALY_ALARMS} is fresh (npm run render), and has the persistence that is the default of a calibration`, () => {
    expect(committed(ANOMALY_ALARMS)).toBe(renderAnomalyAlarmsView());
    expect(renderAnomalyAlarmsView()).toContain(`anomalous_minutes >= ${DEFAULT_PERSISTENCE.k}`);
  });

  test(`${VITAL_ARTEFACTS} is fresh (npm run render), and has every vital of the limits`, () => {
    expect(committed(VITAL_ARTEFACTS)).toBe(renderVitalArtefactsView());
    for (const { vital } of CONTEXT_LIMITS) expect(renderVitalArtefactsView()).toContain(`'${vital}' AS vital`);
  });
});
