import type { AnomalyModel } from '../../model/model.js';
import { describeScores } from '../../transforms/describe-scores.js';
import { enrich } from '../../transforms/enrich.js';
import { identify } from '../../transforms/identify.js';
import type { PatientDirectory } from '../../transforms/patients.js';
import type { Reading } from '../../transforms/reading.js';
import { toScoredJson } from '../../transforms/scored-json.js';

/** The pseudonym is the pipeline's affair: here a patient keeps the id on the wire, in the readings and in the file. */
const AS_ON_THE_WIRE = (sourceId: string): string => sourceId;

/** What turns a reading into the line that `vitals score` prints: each on its own, whatever stands around it. */
export function scoreLine(patients: PatientDirectory, model: AnomalyModel | null): (reading: Reading) => string {
  return (reading) => {
    const enriched = enrich(identify(reading, AS_ON_THE_WIRE), patients);
    return toScoredJson(enriched, describeScores(enriched, model));
  };
}
