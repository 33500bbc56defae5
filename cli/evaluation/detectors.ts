import { featureFiller } from '../../model/features.js';
import { rowsOver } from '../../model/features/windows.js';
import { uniformSource } from '../../model/forest/random.js';
import { rowMajor } from '../../model/matrix.js';
import { scoreRows } from '../../model/score-rows.js';
import type { AnomalyModel } from '../../model/model.js';
import { ALERT_RULES } from '../../transforms/clinical/alert-rules.js';
import { lowOf } from '../../transforms/clinical/interval.js';
import { packNews2 } from '../../transforms/clinical/news2.js';
import { CompiledRules } from '../../transforms/compiled-rules.js';
import { scoreReadings } from '../../transforms/score.js';
import type { Cohort } from './cohort.js';

/** Something that gives each reading a number, higher where it is more alarming; NaN where it has none to give. */
export interface Detector {
  readonly name: string;
  /** What it is, in a line of the report. */
  readonly description: string;
  score(cohort: Cohort): Float64Array;
}

/** A trained model. One that reads windows sees the same patient's last steps, and nothing of the future. */
export function modelDetector(model: AnomalyModel): Detector {
  const fill = featureFiller(model.features);
  const width = model.features.length;
  const score = (cohort: Cohort): Float64Array => {
    const values = new Float64Array(cohort.count * width);
    for (let i = 0; i < cohort.count; i++) fill(cohort.reading(i), values, i * width);
    const matrix = rowMajor(values, cohort.count, width);
    const rows = rowsOver(matrix, cohort, model.window);
    return scoreRows(rows, (block, count) => model.score(block, count));
  };
  return { name: model.kind, description: `${model.id}, over ${width} features`, score };
}

/** The low bound of NEWS2: what is certain. None under 16 and in pregnancy. */
export const NEWS2_DETECTOR: Detector = {
  name: 'NEWS2',
  description: 'the low bound of NEWS2 (Royal College of Physicians, 2017)',
  score: (cohort) => Float64Array.from({ length: cohort.count }, (_, i) => lowOf(packNews2(cohort.reading(i))) ?? NaN),
};

/** Rules on one vital; those on a score or a model are not theirs. */
const SINGLE_RULES = new CompiledRules(ALERT_RULES.filter(({ name }) => name !== 'news2_high' && name !== 'anomaly'));

/** How many of the single-parameter rules of the stream a reading breaks. */
export const THRESHOLD_DETECTOR: Detector = {
  name: 'thresholds',
  description: 'how many limits of single vital signs are passed (docs/alarms.md)',
  score: (cohort) =>
    Float64Array.from({ length: cohort.count }, (_, i) => {
      const [scored] = scoreReadings([cohort.reading(i)], null, '');
      return scored === undefined ? NaN : SINGLE_RULES.match(scored).length;
    }),
};

/** Chance: what every detector must beat. */
export const RANDOM_DETECTOR: Detector = {
  name: 'random',
  description: 'a number that knows nothing',
  score: (cohort) => Float64Array.from({ length: cohort.count }, uniformSource(`${cohort.seed} random detector`)),
};
