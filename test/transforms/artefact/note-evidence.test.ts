import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { noteEvidence } from '../../../transforms/artefact/note-evidence.js';
import { Findings } from '../../../transforms/findings.js';
import type { Consciousness, Flags } from '../../../transforms/reading.js';
import type { VitalUnits } from '../../../transforms/decode/decoded-reading.js';

interface Values {
  readonly hr?: number | null;
  readonly rr?: number | null;
  readonly sys?: number | null;
  readonly dia?: number | null;
  readonly glucose?: number | null;
  readonly consciousness?: Consciousness | null;
  readonly units?: VitalUnits | null;
}

function flagsOf(values: Values): Flags | null {
  const findings = new Findings('cleanse', 1, 0, 0, 'M1', 0, null);
  const { hr = 78, rr = 16, sys = 118, dia = 72, glucose = null, consciousness = null, units = null } = values;
  noteEvidence(hr, rr, sys, dia, glucose, { consciousness, units }, findings);
  expect(findings.rejects).toEqual([]);
  return findings.flags;
}

const OVERLAY = { respiratory_rate: ['CARDIAC_OVERLAY'] };
const ORDER = { respiratory_rate: ['RATE_ORDER'] };
const SWAP = { heart_rate: ['RATE_SWAP'], respiratory_rate: ['RATE_SWAP'] };
const FLUSH = { systolic_bp: ['LINE_FLUSH'], diastolic_bp: ['LINE_FLUSH'] };
const SLIP = { glucose: ['UNIT_SLIP'] };

describe('a rate of breathing that is the heart’s', () => {
  test.each<[Values, Flags | null]>([
    [{ hr: 80, rr: 80 }, OVERLAY],
    [{ hr: 80, rr: 79 }, OVERLAY],
    [{ hr: 80, rr: 81 }, OVERLAY],
    [{ hr: 80, rr: 78 }, null],
    [{ hr: 37, rr: 37 }, OVERLAY],
    [{ hr: 36, rr: 36 }, null],
    [{ hr: 20, rr: 20 }, null],
    [{ hr: null, rr: 80 }, null],
    [{ hr: 80, rr: null }, null],
  ])('%j is noted as %j', (values, flags) => {
    expect(flagsOf(values)).toEqual(flags);
  });
});

describe('breathing faster than the heart beats', () => {
  const well = { consciousness: 'A', sys: 91, dia: 60 } as const;
  test.each<[string, Values, Flags | null]>([
    ['is in the wrong order', { hr: 80, rr: 82 }, ORDER],
    ['slowly may be a dying patient', { hr: 20, rr: 36, ...well }, null],
    ['beside asystole is left alone', { hr: 0, rr: 60, ...well }, null],
    ['is a swap where the heart rate could be a breath’s and the patient is well', { hr: 16, rr: 78, ...well }, SWAP],
    ['is a swap up to 36', { hr: 36, rr: 78, ...well }, SWAP],
    ['is no swap from 37', { hr: 37, rr: 78, ...well }, ORDER],
    ['is no swap of a patient who is not alert', { hr: 16, rr: 78, ...well, consciousness: 'V' }, ORDER],
    ['is no swap where nobody said how the patient is', { hr: 16, rr: 78, ...well, consciousness: null }, ORDER],
    ['is no swap in hypotension', { hr: 16, rr: 78, ...well, sys: 90 }, ORDER],
    ['is no swap without a pressure', { hr: 16, rr: 78, consciousness: 'A', sys: null, dia: null }, ORDER],
  ])('%s', (_, values, flags) => {
    expect(flagsOf(values)).toEqual(flags);
  });
});

describe('a pressure that nobody has', () => {
  test.each<[string, Values, Flags | null]>([
    ['a diastolic above 200 with hardly a pulse is a flush', { sys: 260, dia: 201 }, FLUSH],
    ['200 is not', { sys: 260, dia: 200 }, null],
    ['a quarter of the systolic is a pulse', { sys: 268, dia: 201 }, null],
    ['just less is not', { sys: 267, dia: 201 }, FLUSH],
    ['a crisis of 200/130 is a patient', { sys: 200, dia: 130 }, null],
    ['without a systolic nothing is said', { sys: null, dia: 250 }, null],
  ])('%s', (_, values, flags) => {
    expect(flagsOf(values)).toEqual(flags);
  });
});

describe('a glucose of an alert patient at which nobody is alert', () => {
  const alert = { consciousness: 'A' } as const;
  test.each<[string, Values, Flags | null]>([
    ['5.5 without a unit is mmol/L', { glucose: 5.5, ...alert }, SLIP],
    ['from 2', { glucose: 2, ...alert }, SLIP],
    ['not below', { glucose: 1.9, ...alert }, null],
    ['below 18', { glucose: 17.9, ...alert }, SLIP],
    ['not at 18, which may be a severe hypoglycaemia', { glucose: 18, ...alert }, null],
    ['labelled mg/dL it is what it says', { glucose: 5.5, ...alert, units: { glucose: 'mg/dL' } }, null],
    ['of a patient who is confused it is believed', { glucose: 5.5, consciousness: 'C' }, null],
    ['of a patient of whom nobody said it is believed', { glucose: 5.5 }, null],
  ])('%s', (_, values, flags) => {
    expect(flagsOf(values)).toEqual(flags);
  });
});

const REAL = fileURLToPath(
  new URL('../../../../shared/reference/realdata/physionet2012_vitals_500pts.csv', import.meta.url),
);

describe('495 real stays in intensive care', () => {
  const run = existsSync(REAL) ? test : test.skip;
  run('one of 6,059 pairs of rates is doubted (needs ../shared/reference/realdata)', () => {
    const rows = readFileSync(REAL, 'utf8').split(/\r?\n/).slice(1);
    const pairs = rows
      .map((row) =>
        row
          .split(',')
          .slice(2, 4)
          .map((cell) => (cell === '' ? null : Number(cell))),
      )
      .filter(([hr, rr]) => typeof hr === 'number' && typeof rr === 'number');
    const doubted = pairs.filter(([hr, rr]) => flagsOf({ hr: hr ?? null, rr: rr ?? null }) !== null);
    expect(pairs).toHaveLength(6_059);
    expect(doubted).toEqual([[80, 91]]);
  });
});
