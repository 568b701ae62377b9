/**
 * The samples times what makes the largest magnitude `peak`. Silence stays silence.
 *
 * @param peak default 1
 * @returns samples of their own
 */
export function normalisePeak(samples: Float32Array, peak = 1): Float32Array {
  const largest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return scaled(samples, peak, largest);
}

/**
 * The samples times what makes their root mean square `rms`; single ones may then lie beyond [-1, 1]. Silence stays
 * silence.
 *
 * @param rms default 0.1, which is -20 dB
 * @returns samples of their own
 */
export function normaliseRms(samples: Float32Array, rms = 0.1): Float32Array {
  const energy = samples.reduce((sum, sample) => sum + sample * sample, 0);
  return scaled(samples, rms, Math.sqrt(energy / samples.length));
}

function scaled(samples: Float32Array, wanted: number, found: number): Float32Array {
  return found > 0 ? samples.map((sample) => (sample / found) * wanted) : samples.slice();
}
