/**
 * The samples times what makes the largest magnitude `peak`. Silence stays silence.
 *
 * @param peak default 1
 * @returns samples of their own
 */
export function normalisePeak(samples: Float32Array, peak = 1): Float32Array {
  let largest = 0;
  for (let i = 0; i < samples.length; i++) largest = Math.max(largest, Math.abs(samples[i]!));
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
  let energy = 0;
  for (let i = 0; i < samples.length; i++) energy += samples[i]! * samples[i]!;
  return scaled(samples, rms, Math.sqrt(energy / samples.length));
}

function scaled(samples: Float32Array, wanted: number, found: number): Float32Array {
  const made = samples.slice();
  if (found > 0) for (let i = 0; i < made.length; i++) made[i]! *= wanted / found;
  return made;
}
