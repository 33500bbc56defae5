import { featureFiller, STREAM_FEATURES } from '../../model/features.js';
import { encodeModelFolder, type ModelFolder } from '../../model/model-folder.js';
import { trainForest } from '../../model/train.js';

/** A small forest over the features of the stream, another one for each seed. */
export function smallForest(seed: number): { readonly id: string; readonly files: ModelFolder } {
  const fill = featureFiller(STREAM_FEATURES);
  const width = STREAM_FEATURES.length;
  const count = 64;
  const rows = new Float64Array(count * width);
  for (let i = 0; i < count; i++) {
    const reading = {
      heart_rate: 60 + (i % 40),
      respiratory_rate: 12 + (i % 9),
      spo2: 94 + (i % 6),
      systolic_bp: 105 + (i % 35),
      diastolic_bp: 62 + (i % 25),
      temperature: 36.2 + (i % 12) / 10,
      age: 30 + (i % 50),
      supplemental_oxygen: i % 5 === 0,
      consciousness: i % 7 === 0 ? 'C' : 'A',
    };
    fill(reading as never, rows, i * width);
  }
  const model = trainForest(rows, count, STREAM_FEATURES, {
    seed,
    source: 'test',
    codeVersion: '0',
    trees: 10,
    sampleSize: 32,
  });
  return { id: model.id, files: encodeModelFolder(model) };
}
