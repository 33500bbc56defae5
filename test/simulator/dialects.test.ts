import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { openLakeSnapshot } from '../../lake/reader.js';
import type { RunStatus } from '../../pipeline/engines/micro-batch/status.js';
import { FileSource } from '../../pipeline/sources/file-source.js';
import { openQuerySession } from '../../query/session.js';
import { DIALECT_NAMES, type DialectName } from '../../simulator/dialects/dialect.js';
import { parseDialects } from '../../simulator/dialects/mixture.js';
import { createPatients } from '../../simulator/patients.js';
import { toCanonicalJson } from '../../transforms/canonical-json.js';
import { cleanse } from '../../transforms/cleanse.js';
import { decode } from '../../transforms/decode/index.js';
import { runMessages } from '../support/direct.js';
import { withFolder } from '../support/vitals.js';
import { DAY, MINUTE, FROM, simulated, type Simulated } from './simulation.js';

const COLUMNS = `device_id, event_time, ward, bed, sequence, status, heart_rate, respiratory_rate, spo2, systolic_bp, diastolic_bp,
  mean_bp, temperature, glucose, supplemental_oxygen, consciousness, spo2_scale`;

/** What a FHIR Observation has no place for. */
const NOT_IN_FHIR = { ward: null, bed: null, sequence: null };

type Row = Readonly<Record<string, unknown>>;

interface Outcome {
  readonly simulations: ReadonlyMap<string, Simulated>;
  readonly rows: readonly Row[];
  readonly run: RunStatus['run'];
}

const MIXED = 'fhir:1,hl7v2:1,json:1,er:1,wearable:1';
const DIALECTS = [...DIALECT_NAMES, MIXED] as const;
const RATES = { late: 0.05, duplicate: 0.05, malformed: 0.15, lost: 0.02 };

/** The same patients for everyone, but under names that tell who simulated them. */
function simulatedAs(dialect: string): Simulated {
  const people = createPatients('test', 4).map((patient) => ({
    ...patient,
    patient_id: `${DIALECTS.indexOf(dialect as DialectName)}-${patient.patient_id}`,
    device_id: `${DIALECTS.indexOf(dialect as DialectName)}-${patient.device_id}`,
  }));
  return simulated(
    { people, dialects: parseDialects(dialect), rates: RATES, to: FROM + 15 * MINUTE, intervalMs: 10_000 },
    4,
    DAY,
  );
}

/** Simulates into a landing folder and runs the pipeline over it, as `vitals run --once --source file:DIR` does. */
async function throughPipeline(): Promise<Outcome> {
  const simulations = new Map(DIALECTS.map((dialect) => [dialect as string, simulatedAs(dialect)]));
  return withFolder(async (folder) => {
    const landing = join(folder, 'landing');
    await mkdir(landing);
    for (const [at, dialect] of DIALECTS.entries()) {
      await writeFile(join(landing, `${at}.ndjson`), simulations.get(dialect)?.files[0]?.text ?? '', 'latin1');
    }
    const source = await FileSource.open(landing, { deleteAcknowledged: false });
    const { run } = await runMessages(folder, [], 10_000, { source });
    const session = await openQuerySession(await openLakeSnapshot(folder));
    try {
      const sql = `SELECT ${COLUMNS} FROM silver.current_patient_vitals ORDER BY event_time, device_id`;
      return { simulations, run, rows: (await session.all(sql)) as Row[] };
    } finally {
      await session.close();
    }
  });
}

/** Rows of the readings of one simulation that arrived unspoilt (each has an event time of its own), under common names. */
function intact({ simulations, rows }: Outcome, dialect: string): readonly Row[] {
  const labels = simulations.get(dialect)?.labels ?? [];
  const spoilt = new Set(
    labels.filter((label) => label.malformation).map(({ event_time }) => Date.parse(event_time ?? '')),
  );
  const prefix = `${DIALECTS.indexOf(dialect as DialectName)}-`;
  return rows
    .filter((row) => String(row['device_id']).startsWith(prefix))
    .filter((row) => !spoilt.has(new Date(row['event_time'] as string).getTime()))
    .map((row) => ({ ...row, device_id: String(row['device_id']).slice(prefix.length) }));
}

describe('one simulation in every dialect', () => {
  let outcome: Outcome;

  beforeAll(async () => {
    outcome = await throughPipeline();
  }, 60_000);

  test.each(DIALECT_NAMES.slice(1))('%s gives the rows of silver that JSON v1 gives', (name) => {
    const expected = intact(outcome, 'json').map((row) => (name === 'fhir' ? { ...row, ...NOT_IN_FHIR } : row));
    expect(expected.length).toBeGreaterThan(250);
    expect(intact(outcome, name)).toEqual(expected);
  });

  test('several at once give the same readings, with less about them where the monitor speaks FHIR', () => {
    const bare = (row: Row): Row => ({ ...row, ...NOT_IN_FHIR });
    expect(intact(outcome, MIXED).map(bare)).toEqual(intact(outcome, 'json').map(bare));
  });

  test('every message is accounted for, spoilt ones included', () => {
    const { run, simulations } = outcome;
    const counts = [...simulations.values()].map(({ hospital }) => hospital.counts);
    const sum = (of: (each: (typeof counts)[number]) => number): number =>
      counts.reduce((total, each) => total + of(each), 0);
    expect(run.messages).toBe(sum(({ messages }) => messages));
    expect(run.received).toBe(run.silver + run.dead_letter + run.suppressed);
    expect(run.received).toBeGreaterThanOrEqual(run.messages);
    // Two thirds of the kinds cost the message, the others a field; HL7 v2 that is cut short may still be a reading.
    const malformed = sum((each) => each.malformed);
    expect(run.dead_letter).toBeGreaterThan(0.4 * malformed);
    expect(run.field_rejects).toBeGreaterThan(0.2 * malformed);
  });

  test('the same messages are spoilt, in the same way, whatever the dialect', () => {
    const fates = (dialect: string): unknown =>
      outcome.simulations
        .get(dialect)
        ?.labels.filter(({ type }) => type === 'message')
        .map((label) => ({ ...label, patient_id: label.patient_id?.slice(2) }));
    for (const dialect of DIALECTS) expect(fates(dialect)).toEqual(fates('json'));
  });

  test('of several dialects every monitor speaks one', () => {
    const { lines } = simulated({ dialects: parseDialects('fhir:0.3,hl7v2:0.2,json:0.5') }, 30);
    const spoken = new Map<string, Set<string>>();
    for (const line of lines) {
      const patient = /P\d{6}/.exec(line)?.[0] ?? '';
      const dialect = line.startsWith('MSH') ? 'hl7v2' : line.startsWith('{"resourceType"') ? 'fhir' : 'json';
      spoken.set(patient, (spoken.get(patient) ?? new Set()).add(dialect));
    }
    expect([...spoken.values()].every((dialects) => dialects.size === 1)).toBe(true);
    expect(new Set([...spoken.values()].flatMap((dialects) => [...dialects])).size).toBe(3);
  });
});

describe('a day in every dialect, artefacts and sentinels included', () => {
  const day = { to: FROM + DAY, intervalMs: 20 * MINUTE, labels: false };
  const rowsOf = (dialect: DialectName): (Row | null)[] =>
    simulated({ ...day, dialects: parseDialects(dialect) }, 12, DAY).lines.map((line) => canonical(line));
  const json = rowsOf('json');

  test.each(DIALECT_NAMES.slice(1))('%s decodes to the canonical rows of JSON v1, but for flags', (name) => {
    expect(json).toHaveLength(12 * 72);
    const expected = json.map((row) => row && { ...row, ...(name === 'fhir' ? NOT_IN_FHIR : {}) });
    expect(rowsOf(name).map(withoutFlags)).toEqual(
      expected.map((row) => withoutFlags(labelsUnits(name) ? row && named(row) : row)),
    );
  });
});

/** FHIR and HL7 v2 name every unit, so nobody guesses there that a temperature is in Fahrenheit: it is out of range. */
function labelsUnits(name: DialectName): boolean {
  return name === 'fhir' || name === 'hl7v2';
}

function named(row: Row): Row {
  const flags = (row['flags'] ?? {}) as Readonly<Record<string, readonly string[]>>;
  return flags['temperature']?.includes('F_GUESS') ? { ...row, temperature: null } : row;
}

function withoutFlags(row: Row | null): Row | null {
  return row && { ...row, flags: null };
}

function canonical(line: string): Row | null {
  const message = {
    batch: 0,
    offset: 0,
    message_id: '',
    publish_time: null,
    receive_time: FROM,
    source: 'simulator',
    dialect: null,
    attributes: null,
    payload: Buffer.from(line, 'latin1'),
  };
  const [decoded] = decode(message, { timezone: null }).rows;
  const reading = decoded && cleanse(decoded, { checkClock: false }).rows[0];
  return reading === undefined ? null : (JSON.parse(toCanonicalJson(reading)) as Row);
}
