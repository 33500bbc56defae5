import fc from 'fast-check';

/**
 * Tables such as no one orders them: few distinct values, constant columns, repeated rows, and ordinary ones.
 * Between 2 and 60 rows of 1 to 5 columns.
 */
export const anyRows: fc.Arbitrary<number[][]> = fc.integer({ min: 1, max: 5 }).chain((width) => {
  const value = fc.oneof(
    fc.integer({ min: -2, max: 2 }),
    fc.constant(7),
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  );
  return fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: 2, maxLength: 60 });
});

/** Rows of a table, one after the other. */
export function rowMajorOf(rows: readonly (readonly number[])[]): Float64Array {
  return Float64Array.from(rows.flat());
}

/** Columns that carry nothing but their place: `f0`, `f1` and so on. */
export function plainFeatures(width: number): { name: string; unit: null }[] {
  return Array.from({ length: width }, (_, i) => ({ name: `f${i}`, unit: null }));
}
