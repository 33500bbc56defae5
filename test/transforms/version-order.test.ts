import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareVersions, type Version } from '../../transforms/version-order.js';

const arbitraryVersion: fc.Arbitrary<Version> = fc.record({
  status: fc.constantFrom('final', 'corrected', 'entered-in-error'),
  sent_time: fc.option(fc.integer({ min: 0, max: 3 })),
  content_hash: fc.constantFrom('a', 'b', 'c'),
});

describe('the order of versions', () => {
  test.each<[string, Version, Version]>([
    [
      'a tombstone is above a later correction',
      { status: 'entered-in-error', sent_time: null, content_hash: 'a' },
      { status: 'corrected', sent_time: 9, content_hash: 'b' },
    ],
    [
      'a correction is above a later final',
      { status: 'corrected', sent_time: 1, content_hash: 'a' },
      { status: 'final', sent_time: 9, content_hash: 'b' },
    ],
    [
      'of equal status the later sent_time is above',
      { status: 'final', sent_time: 2, content_hash: 'a' },
      { status: 'final', sent_time: 1, content_hash: 'b' },
    ],
    [
      'any sent_time is above none',
      { status: 'final', sent_time: 0, content_hash: 'a' },
      { status: 'final', sent_time: null, content_hash: 'b' },
    ],
    [
      'else the greater content hash is above',
      { status: 'final', sent_time: null, content_hash: 'b' },
      { status: 'final', sent_time: null, content_hash: 'a' },
    ],
  ])('%s', (_rule, above, below) => {
    expect(compareVersions(above, below)).toBeGreaterThan(0);
    expect(compareVersions(below, above)).toBeLessThan(0);
  });

  test('only the same version is equal', () => {
    const version = { status: 'final', sent_time: null, content_hash: 'a' };
    expect(compareVersions(version, { ...version })).toBe(0);
  });

  test('is total: antisymmetric, transitive, and the winner does not depend on the order of arrival', () => {
    fc.assert(
      fc.property(fc.array(arbitraryVersion, { minLength: 1, maxLength: 6 }), (versions) => {
        const winner = (all: readonly Version[]) => all.reduce((a, b) => (compareVersions(b, a) > 0 ? b : a));
        expect(winner([...versions].reverse())).toEqual(winner(versions));
        for (const a of versions) {
          for (const b of versions) expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0);
        }
      }),
    );
  });
});
