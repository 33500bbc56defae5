import type { Alert } from '../../../transforms/alert.js';
import type { Block } from '../../../transforms/block.js';
import type { ScoredReading } from '../../../transforms/reading.js';
import type { Reject } from '../../../transforms/reject.js';
import type { PatientMinute } from '../../../transforms/summarize.js';
import type { VitalHour } from '../../../transforms/trend.js';
import type { WardAlertHour } from '../../../transforms/ward-alerts.js';

/** What the graph made of a batch, before anybody asked whether silver has it already. */
export interface GraphOutcome {
  readonly scored: readonly Block<ScoredReading>[];
  readonly rejects: readonly Reject[];
  /** Repeats within the batch. */
  readonly suppressed: number;
  readonly minutes: readonly PatientMinute[];
  readonly hours: readonly VitalHour[];
  readonly alerts: readonly Alert[];
  readonly wardAlerts: readonly WardAlertHour[];
}
