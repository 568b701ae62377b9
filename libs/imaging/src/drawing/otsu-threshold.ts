const bins = 256;

/**
 * The level that parts values into two groups whose means lie farthest apart, weighed by their sizes: Otsu, "A threshold
 * selection method from gray-level histograms", 1979. As `skimage.filters.threshold_otsu`, with 256 bins between the
 * smallest and the largest value.
 *
 * @returns values above it are of the upper group; of even values, their value
 */
export function otsuThreshold(values: Float32Array): number {
  const [least, most] = rangeOf(values);
  if (!(most > least)) return least;
  const counts = histogram(values, least, most);
  const centre = (bin: number) => least + ((bin + 0.5) * (most - least)) / bins;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const totalSum = counts.reduce((sum, count, bin) => sum + count * centre(bin), 0);
  let [below, belowSum, best, bestVariance] = [0, 0, 0, -1];
  for (let bin = 0; bin < bins - 1; bin++) {
    below += counts[bin]!;
    belowSum += counts[bin]! * centre(bin);
    const above = total - below;
    const distance = belowSum / below - (totalSum - belowSum) / above;
    const variance = below * above * distance * distance;
    if (variance > bestVariance) [best, bestVariance] = [bin, variance];
  }
  return centre(best);
}

function rangeOf(values: Float32Array): [least: number, most: number] {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}

function histogram(values: Float32Array, least: number, most: number): Float64Array {
  const counts = new Float64Array(bins);
  const scale = bins / (most - least);
  for (const value of values) counts[Math.min(bins - 1, Math.floor((value - least) * scale))]! += 1;
  return counts;
}
