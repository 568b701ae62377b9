/** Where the elements of a regular series lie in an array: at `first`, and then every `step`. */
export interface Series {
  first: number;
  step: number;
}

/**
 * Writes `count` weighted sums of samples, all with the same weights, which is what lets four of them share every read
 * of a weight.
 *
 * @param weights an even number of them
 * @param from where the samples under the first weight of each sum lie
 * @param to where the sums go
 */
export function dotProducts(
  weights: Float64Array,
  samples: Float64Array,
  from: Series,
  target: Float32Array,
  to: Series,
  count: number,
): void {
  const [step, twoSteps, threeSteps] = [from.step, 2 * from.step, 3 * from.step];
  let start = from.first;
  let output = to.first;
  const inFours = count - (count % 4);
  for (let n = 0; n < inFours; n += 4, start += 4 * step) {
    // Not by destructuring: that allocates an array a time, and the collections add up.
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let i = 0, at = start; i < weights.length; i += 2, at += 2) {
      const even = weights[i]!;
      const odd = weights[i + 1]!;
      a += even * samples[at]! + odd * samples[at + 1]!;
      b += even * samples[at + step]! + odd * samples[at + step + 1]!;
      c += even * samples[at + twoSteps]! + odd * samples[at + twoSteps + 1]!;
      d += even * samples[at + threeSteps]! + odd * samples[at + threeSteps + 1]!;
    }
    target[output] = a;
    target[output + to.step] = b;
    target[output + 2 * to.step] = c;
    target[output + 3 * to.step] = d;
    output += 4 * to.step;
  }
  for (let n = inFours; n < count; n++, start += step, output += to.step) {
    target[output] = dotProduct(weights, samples, start);
  }
}

function dotProduct(weights: Float64Array, samples: Float64Array, start: number): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i]! * samples[start + i]!;
  return sum;
}
