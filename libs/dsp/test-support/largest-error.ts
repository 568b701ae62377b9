/** The largest distance between values of the same index; Infinity if one is missing or no number. */
export function largestError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < actual.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!);
    if (!(error <= largest)) largest = Number.isNaN(error) ? Infinity : error;
  }
  return largest;
}

/** Prints how far a reference was missed, for the record in docs/architecture/06-features.md. */
export function report(reference: string, error: number, tolerance: number): void {
  process.stdout.write(`largest error ${reference}: ${error.toExponential(1)} (tolerance ${tolerance})\n`);
}
