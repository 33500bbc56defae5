import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatRoute, otherPage, parseRoute } from '../../../dashboard/pages/logic/route.js';

describe('the address of a page', () => {
  test('carries page, patient and parameters, and reads back as the same', () => {
    const value = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(
        value,
        fc.dictionary(fc.constantFrom('ward', 'as_of', 'from', 'status'), value),
        (patient, params) => {
          const route = { page: 'patient', patient, params } as const;
          expect(parseRoute(formatRoute(route))).toEqual(route);
        },
      ),
    );
  });

  test('that means nothing is the hospital', () => {
    for (const hash of ['', '#', '#/', '#/nowhere', '#/patient/', '#/nowhere?ward=ICU'])
      expect(parseRoute(hash)).toEqual({ page: 'hospital', params: {} });
    expect(parseRoute('#/patient/%E0%A4%A').patient).toBe('%E0%A4%A');
  });

  test('of another page keeps time travel and the wall, and leaves the filters', () => {
    const from = parseRoute('#/hospital?as_of=2026-11-21T07:00:00Z&wall=1&ward=ICU');
    expect(formatRoute(otherPage(from, { page: 'alerts' }))).toBe('#/alerts?as_of=2026-11-21T07%3A00%3A00Z&wall=1');
  });
});
