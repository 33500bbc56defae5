import type { FileHandle } from 'node:fs/promises';
import { setImmediate as turn } from 'node:timers/promises';

import { ConfigurationError } from '../schema/errors.js';
import { Hospital, simulate, type Chunk } from './hospital.js';
import type { SimulationCounts } from './labels.js';
import type { SimulationPlan } from './plan.js';
import type { ReadingSink } from './sinks/reading-sink.js';
import { openSink } from './sinks/sink.js';
import { hospitalPeople } from './stays/hospital-people.js';
import { openLabels, writePatients } from './truth-files.js';

/** What a simulation came to: its counts, and how it ended. */
export interface SimulationSummary extends SimulationCounts {
  readonly patients: number;
  readonly seed: string;
  /** ISO 8601; `to` is null when no end was set. */
  readonly from: string;
  readonly to: string | null;
  /** Moves of patients after the start. */
  readonly admissions: number;
  readonly transfers: number;
  readonly discharges: number;
  /** Bytes of all messages, line ends included. */
  readonly bytes: number;
  readonly files: number;
  /** False when it was stopped before its end. */
  readonly complete: boolean;
}

/** Called after every chunk with the counts so far and the event time reached (epoch ms). */
export type Progress = (counts: Readonly<SimulationCounts>, time: number) => void;

/** A simulation with its outputs open: what the bounded and the live driver share. */
export class RunningSimulation {
  readonly hospital: Hospital;
  private bytes = 0;

  private constructor(
    private readonly plan: SimulationPlan,
    private readonly from: number,
    private readonly to: number,
    readonly sink: ReadingSink,
    private readonly labels: FileHandle | null,
    hospital: Hospital,
  ) {
    this.hospital = hospital;
  }

  /**
   * Opens the outputs and writes the patients file, before the first reading is taken.
   * @throws ConfigurationError when an output cannot be written
   */
  static async open(plan: SimulationPlan, from: number, to: number): Promise<RunningSimulation> {
    const { people, admissions, rows } = await hospitalPeople(plan, from);
    if (plan.patientsOut !== null) await writePatients(plan.patientsOut, rows(to));
    const labels = plan.labels === null ? null : await openLabels(plan.labels);
    const sink = await openSink(plan.sink).catch(async (error: unknown) => {
      await labels?.close();
      throw error;
    });
    const { seed, intervalMs, rates, scenario, dialects } = plan;
    const hospital = new Hospital({
      people,
      admissions,
      dialects,
      seed,
      from,
      to,
      intervalMs,
      rates,
      scenario,
      labels: labels !== null,
    });
    return new RunningSimulation(plan, from, to, sink, labels, hospital);
  }

  async write(chunk: Chunk, arrivalFrom: number): Promise<void> {
    await this.sink.write(chunk.bytes, arrivalFrom, chunk.dialects);
    this.bytes += chunk.bytes.length;
    if (chunk.labels !== '') await this.labels?.appendFile(chunk.labels);
  }

  /** Closes the outputs, also after an error. */
  async close(): Promise<void> {
    try {
      await this.labels?.appendFile(this.hospital.closeLabels());
    } finally {
      await this.labels?.close();
      await this.sink.close();
    }
  }

  summary(complete: boolean): SimulationSummary {
    return {
      patients: this.plan.patients,
      seed: this.plan.seed,
      from: new Date(this.from).toISOString(),
      to: this.to === Infinity ? null : new Date(this.to).toISOString(),
      ...this.hospital.counts,
      admissions: this.hospital.moves.admission,
      transfers: this.hospital.moves.transfer,
      discharges: this.hospital.moves.discharge,
      bytes: this.bytes,
      files: this.sink.files,
      complete,
    };
  }
}

/**
 * Simulates from one time to another as fast as it can. The same plan and times give the same bytes.
 *
 * Delivery: every message once (twice if duplicated), in order of arrival; memory does not grow with the length.
 * @param signal stops it: what was written stays, whole lines in whole files, and `complete` is false
 * @throws ConfigurationError when `to` is not after `from`, or an output cannot be written
 */
export async function runSimulation(
  plan: SimulationPlan,
  from: number,
  to: number,
  signal: AbortSignal,
  progress: Progress = () => undefined,
): Promise<SimulationSummary> {
  if (!(to > from)) {
    throw new ConfigurationError('--to', `${new Date(to).toISOString()} is not after --from`, 'Use a later time.');
  }
  const running = await RunningSimulation.open(plan, from, to);
  const { hospital, sink } = running;
  try {
    let file = 0;
    for (const chunk of simulate(hospital, from, plan.fileMs)) {
      if (chunk.file !== file) await sink.endFile();
      file = chunk.file;
      await running.write(chunk, chunk.arrivalFrom);
      progress(hospital.counts, chunk.arrivalFrom);
      await turn();
      if (signal.aborted || sink.ended) break;
    }
  } finally {
    await running.close();
  }
  return running.summary(hospital.finished && !signal.aborted);
}
