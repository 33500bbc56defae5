import { describe, expect, test } from '@jest/globals';
import { DERIVED_STREAM_FEATURES } from '../../model/features.js';
import { createNeuralModel } from '../../model/neural/neural-model.js';
import { requireStreamModel } from '../../model/stream-model.js';
import { alertsOf } from '../../transforms/alert.js';
import { scoreReadings } from '../../transforms/score.js';
import { anEnrichedReading } from '../transforms/a-reading.js';
import { aNetwork, aNeuralModel } from './neural/networks.js';

/** An autoencoder of the stream's features, of random weights: what an ordinary reading is, it does not know. */
function streamModel() {
  const features = DERIVED_STREAM_FEATURES.map(({ name, unit }, i) => ({
    ...{ name, unit, median: 0 },
    scaling: { kind: 'standard' as const, mean: MEANS[i]!, deviation: 10, indicator: false },
  }));
  const { training, metrics } = aNeuralModel(1, 1);
  const network = aNetwork(features.length, 1);
  return createNeuralModel({
    ...{ kind: 'autoencoder', version: 1, features, window: null, network, threshold: 0.9, training, metrics },
    codeVersion: '0',
  });
}
const MEANS = [80, 16, 97, 120, 75, 36.9, 60, 0, 90, 45, 0.65, 12];

describe('an autoencoder in the stream', () => {
  const model = streamModel();

  test('scores readings one by one, and never leaves a NaN in silver', () => {
    requireStreamModel(model);
    const readings = [
      anEnrichedReading(),
      anEnrichedReading({ heart_rate: null, systolic_bp: null, diastolic_bp: null, respiratory_rate: null }),
      anEnrichedReading({ heart_rate: 210 }),
    ];
    const scored = scoreReadings(readings, model, '1');
    expect(scored.map(({ model_id }) => model_id)).toEqual([model.id, null, model.id]);
    expect(scored[1]).toMatchObject({ anomaly_score: null, is_anomaly: null, anomaly_top: null });
    for (const row of scored) expect(Object.values(row).some((value) => Number.isNaN(value))).toBe(false);
  });

  test('says on the alert what raised the score most, in words with the value', () => {
    const [row] = scoreReadings([anEnrichedReading({ heart_rate: 210 })], { ...model, threshold: 0.5 }, '1');
    const alert = alertsOf(row!, '1').find(({ rule }) => rule === 'anomaly');
    expect(alert!.explanation).toMatch(/^Anomaly score 0\.\d\d, mostly for heart rate 210 per minute, .+ and .+: /);
  });
});

describe('the stream refuses', () => {
  test('a model that reads windows, before any reading comes', () => {
    expect(() => requireStreamModel(aNeuralModel(2, 10))).toThrow(
      /--model: lstm-[0-9a-f]{12} reads 10 steps of a patient's past, and silver scores each reading on its own/,
    );
  });

  test('a model of features that a reading does not have', () => {
    expect(() => requireStreamModel(aNeuralModel(2, 1))).toThrow("feature 'f0' is not part of a reading");
  });
});
