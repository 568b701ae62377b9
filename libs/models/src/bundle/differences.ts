/** Outputs of engines may differ by so much, and by so much of their value. */
const tolerance = 1e-5;

/** The largest |difference| of two lists of outputs, and the first value that is beyond the tolerance. */
export interface Differences {
  largest: number;
  /** Undefined if all are within 1e-5 + 1e-5 |expected|. */
  fault?: { output: number; index: number; actual: number; expected: number };
}

export function differencesOf(actual: readonly Float32Array[], expected: readonly Float32Array[]): Differences {
  const found: Differences = { largest: 0 };
  expected.forEach((values, output) => {
    values.forEach((value, index) => {
      const given = actual[output]?.[index] ?? NaN;
      const difference = Math.abs(given - value);
      // What is not finite is beyond, too: of an infinite value any part is infinite.
      if (!Number.isFinite(difference) || difference > tolerance + tolerance * Math.abs(value))
        found.fault ??= { output, index, actual: given, expected: value };
      if (difference > found.largest) found.largest = difference;
    });
  });
  return found;
}
