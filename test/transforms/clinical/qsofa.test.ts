import { describe, expect, test } from '@jest/globals';
import { unpackInterval } from '../../../transforms/clinical/interval.js';
import { packQsofa } from '../../../transforms/clinical/qsofa.js';

const WELL = { respiratory_rate: 16, systolic_bp: 120, consciousness: 'A', age: 64 } as const;

function qsofa(differs: Partial<Parameters<typeof packQsofa>[0]>) {
  return unpackInterval(packQsofa({ ...WELL, ...differs }));
}

describe('qSOFA (Singer 2016)', () => {
  test.each([
    [{}, 0],
    [{ respiratory_rate: 21 }, 0],
    [{ respiratory_rate: 22 }, 1],
    [{ systolic_bp: 101 }, 0],
    [{ systolic_bp: 100 }, 1],
    [{ consciousness: 'C' }, 1],
    [{ consciousness: 'V' }, 1],
    [{ consciousness: 'P' }, 1],
    [{ consciousness: 'U' }, 1],
    [{ respiratory_rate: 30, systolic_bp: 70, consciousness: 'U' }, 3],
  ] as const)('%j scores %p', (differs, points) => {
    expect(qsofa(differs)).toEqual({ low: points, high: points });
  });

  test.each([
    [{ respiratory_rate: null }, 0, 1],
    [{ systolic_bp: null, respiratory_rate: 25 }, 1, 2],
    [{ respiratory_rate: null, systolic_bp: null, consciousness: null }, 0, 3],
  ] as const)('%j lies between %p and %p', (differs, low, high) => {
    expect(qsofa(differs)).toEqual({ low, high });
  });

  test('is not applicable under 16, and applies at 16 and at an unknown age', () => {
    expect(qsofa({ age: 15 })).toEqual({ low: null, high: null });
    expect(qsofa({ age: 16 })).toEqual({ low: 0, high: 0 });
    expect(qsofa({ age: null })).toEqual({ low: 0, high: 0 });
  });
});
