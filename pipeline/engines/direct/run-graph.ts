import { runOnDirectRunner } from '../../../beam/index.js';
import type { Block } from '../../../transforms/block.js';
import type { Alert } from '../../../transforms/alert.js';
import type { Message, ScoredReading } from '../../../transforms/reading.js';
import type { Reject } from '../../../transforms/reject.js';
import type { PatientMinute } from '../../../transforms/summarize.js';
import type { VitalHour } from '../../../transforms/trend.js';
import type { WardAlertHour } from '../../../transforms/ward-alerts.js';
import { buildGraph, type GraphOptions } from '../../graph.js';
import type { GraphOutcome } from '../micro-batch/graph-outcome.js';
import { collect, openCollection, takeCollection } from '../../sinks/collect.js';
import { lendFrozen, readFrozen, takeBackFrozen } from '../../sources/read-frozen.js';

let runs = 0;

/** Runs the graph over a frozen batch on Beam's DirectRunner. Pure: the same messages give the same outcome. */
export async function runGraph(messages: readonly Message[], options: GraphOptions): Promise<GraphOutcome> {
  const run = `run-${(runs += 1)}`;
  lendFrozen(run, messages);
  openCollection(run);
  try {
    await runOnDirectRunner((root) =>
      buildGraph(
        root,
        { read: (from) => readFrozen(from, run), write: (output, rows) => collect(run, output, rows) },
        options,
      ),
    );
  } catch (error) {
    takeCollection(run);
    throw error;
  } finally {
    takeBackFrozen(run);
  }
  const collected = takeCollection(run);
  return {
    scored: collected['silver.patient_vitals'] as readonly Block<ScoredReading>[],
    rejects: collected['silver.dead_letter'].flat() as readonly Reject[],
    suppressed: collected['suppressed'].flat().length,
    minutes: collected['gold.patient_summary'].flat() as readonly PatientMinute[],
    hours: collected['gold.vitals_hourly'].flat() as readonly VitalHour[],
    alerts: collected['gold.alerts'].flat() as readonly Alert[],
    wardAlerts: collected['gold.ward_alerts_hourly'].flat() as readonly WardAlertHour[],
  };
}
