import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunStatus } from '../../pipeline/engines/micro-batch/status.js';
import { FileSource } from '../../pipeline/sources/file-source.js';
import { createPatients, REFERENCE_DATE } from '../../simulator/patients.js';
import { renderPatients } from '../../simulator/patients-file.js';
import { drive } from '../drive.js';
import { besideLake, lakeUrl } from '../lake-url.js';
import type { RunFlags } from '../run-flags.js';
import { openStatusLine } from '../status-line.js';
import { openWarehouseStream } from '../warehouse-stream.js';
import { stopSignal } from '../stop-signal.js';
import { startDashboard } from './dashboard-process.js';
import { ensureFirstModel } from './first-model.js';
import { startSimulator } from './simulator-process.js';

export interface HospitalFlags extends Omit<RunFlags, 'patients'> {
  readonly patients: number;
  readonly interval: number;
  readonly seed: string;
  readonly duration: string | undefined;
  readonly dialect: string;
  readonly port: number;
}

/**
 * Runs a whole hospital: people and a first model where there are none, simulator and dashboard in processes of their own,
 * and the pipeline here. What belongs to the simulator lies in `<lake>/_start`; landed files are deleted once bronze has them.
 */
export async function startHospital(flags: HospitalFlags): Promise<RunStatus> {
  const note = (text: string) => process.stderr.write(text + '\n');
  let status: RunStatus | null = null;
  const dashboard = await startDashboard(lakeUrl(flags.lake), flags.port, note);
  try {
    note('vitals: synthetic patients; not a medical device.');
    const folder = besideLake(flags.lake, '_start');
    const landing = join(folder, 'landing');
    await mkdir(landing, { recursive: true });
    const people = createPatients(flags.seed, flags.patients);
    const patients = join(folder, `patients-${flags.seed}-${flags.patients}.ndjson`);
    await writeWhole(patients, renderPatients(people, REFERENCE_DATE));
    const model = flags.model ?? join(folder, 'model');
    const seconds =
      flags.model === undefined ? await ensureFirstModel(model, people, flags.seed, REFERENCE_DATE) : null;
    if (seconds !== null) note(`vitals: trained a first model on simulated history in ${seconds.toFixed(1)} s`);
    note(`vitals: ${flags.patients} patients, lake ${flags.lake}, dashboard at ${dashboard.url}/; Ctrl-C ends`);

    const stop = stopSignal();
    const ended = new AbortController();
    const line = openStatusLine(process.stderr, Date.now);
    const warehouse = await openWarehouseStream(flags.warehouse, flags.lake);
    const source = await FileSource.open(landing, { deleteAcknowledged: true });
    const simulator = startSimulator({ ...flags, landing });
    stop.addEventListener('abort', () => simulator.stop(), { once: true });
    let failure: unknown;
    void simulator.ended.then(
      () => void endWhenDrained(landing, ended),
      (error: unknown) => {
        failure = error;
        ended.abort();
      },
    );
    try {
      const signal = AbortSignal.any([stop, ended.signal]);
      status = await drive({ ...flags, model, patients }, source, false, signal, (current) => {
        status = current;
        dashboard.show(current);
        line.show(current);
        warehouse?.committed();
      });
      await warehouse?.finish();
    } finally {
      simulator.stop();
      line.end();
      await warehouse?.close();
    }
    if (failure !== undefined) throw failure;
    return status;
  } finally {
    await dashboard.close();
  }
}

/** After the simulator has ended, the run ends when everything that landed is in bronze. */
async function endWhenDrained(landing: string, ended: AbortController): Promise<void> {
  const timer = setInterval(() => {
    void readdir(landing).then((names) => {
      if (names.length > 0) return;
      clearInterval(timer);
      ended.abort();
    });
  }, DRAIN_POLL_MILLIS);
  // After Ctrl-C something may lie there for the next start: that must not keep this process.
  timer.unref();
}

const DRAIN_POLL_MILLIS = 200;

/** Appears whole or not at all: an interrupted start must not leave half a file behind. */
async function writeWhole(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
}
