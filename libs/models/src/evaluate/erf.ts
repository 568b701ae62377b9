/**
 * The error function, `2 / sqrt(pi)` times the integral of `exp(-t^2)` from 0 to x, to about 15 digits: the series
 * `exp(-x^2) (x + x^3 2/3 + x^5 4/15 + ...)` (Abramowitz and Stegun 7.1.6), whose terms have one sign.
 */
export function erf(x: number): number {
  // From here on it is 1 to the last bit.
  if (Math.abs(x) > 6) return Math.sign(x);
  const square = x * x;
  let [term, sum] = [x, x];
  for (let n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
    term *= square / (n + 0.5);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-square) * sum;
}
