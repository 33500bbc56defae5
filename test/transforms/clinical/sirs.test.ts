import { describe, expect, test } from '@jest/globals';
import { unpackInterval } from '../../../transforms/clinical/interval.js';
import { packSirs } from '../../../transforms/clinical/sirs.js';

const WELL = { temperature: 37, heart_rate: 70, respiratory_rate: 16, age: 64 } as const;

function sirs(differs: Partial<Parameters<typeof packSirs>[0]>) {
  return unpackInterval(packSirs({ ...WELL, ...differs }));
}

describe('SIRS of the bedside (ACCP/SCCM 1992)', () => {
  test.each([
    [{}, 0],
    [{ temperature: 36 }, 0],
    [{ temperature: 35.99 }, 1],
    [{ temperature: 35.9 }, 1],
    [{ temperature: 38 }, 0],
    [{ temperature: 38.01 }, 1],
    [{ temperature: 38.1 }, 1],
    [{ heart_rate: 90 }, 0],
    [{ heart_rate: 91 }, 1],
    [{ respiratory_rate: 20 }, 0],
    [{ respiratory_rate: 21 }, 1],
    [{ temperature: 39, heart_rate: 120, respiratory_rate: 30 }, 3],
  ])('the inequalities are strict: %j scores %p', (differs, points) => {
    expect(sirs(differs)).toEqual({ low: points, high: points });
  });

  test('what is missing widens it, the white cell count does not', () => {
    expect(sirs({ temperature: null, heart_rate: 100 })).toEqual({ low: 1, high: 2 });
    expect(sirs({ temperature: null, heart_rate: null, respiratory_rate: null })).toEqual({ low: 0, high: 3 });
  });

  test('is not applicable under 16', () => {
    expect(sirs({ age: 15 })).toEqual({ low: null, high: null });
    expect(sirs({ age: 16 })).toEqual({ low: 0, high: 0 });
  });
});
