import { setTimeout as wait } from 'node:timers/promises';

import type { SimulationPlan } from './plan.js';
import { RunningSimulation, type Progress, type SimulationSummary } from './run.js';

/** The time outside, as arguments. */
export interface Clock {
  /** Epoch ms. */
  readonly now: () => number;
  /** Keeps its promise after so many milliseconds, or as soon as the signal is aborted; never breaks it. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export const WALL_CLOCK: Clock = {
  now: Date.now,
  sleep: (milliseconds, signal) => wait(milliseconds, undefined, { signal }).catch(() => undefined),
};

/**
 * Simulates at the pace of the clock, from now until the signal is aborted or, if given, for `duration` ms.
 *
 * Every `plan.fileMs` the messages that have arrived meanwhile are written, and their file appears. After a stall it
 * catches up. At the end what is still on its way is delivered at once, so that readings - lost + duplicate = messages.
 * @throws ConfigurationError when an output cannot be written
 */
export async function runLiveSimulation(
  plan: SimulationPlan,
  signal: AbortSignal,
  duration = Infinity,
  progress: Progress = () => undefined,
  clock: Clock = WALL_CLOCK,
): Promise<SimulationSummary> {
  const from = clock.now();
  const to = from + duration;
  const running = await RunningSimulation.open(plan, from, to);
  const { hospital, sink } = running;
  let fileFrom = from;
  try {
    while (fileFrom < to && !sink.ended) {
      const fileTo = Math.min(fileFrom + plan.fileMs, to);
      const early = fileTo - clock.now();
      if (early > 0) await clock.sleep(early, signal);
      if (signal.aborted) break;
      for (const chunk of hospital.advance(fileTo)) await running.write(chunk, fileFrom);
      await sink.endFile();
      progress(hospital.counts, fileTo);
      fileFrom = fileTo;
    }
    for (const chunk of hospital.deliverAll()) await running.write(chunk, fileFrom);
  } finally {
    await running.close();
  }
  return running.summary(fileFrom >= to || signal.aborted);
}
