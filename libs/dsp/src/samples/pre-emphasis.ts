/** How much lower frequencies are weakened. */
export interface PreEmphasisSpec {
  /** 0 to 1: how much of the sample before is taken off. Default 0.97. */
  coefficient?: number;
  /**
   * What becomes of the first sample x0, which has none before it: `librosa` adds `2 * x0 - x1` to it, as
   * librosa.effects.preemphasis; `kept` leaves it (scipy.signal.lfilter); `edge` takes `x0` for the sample before
   * (Kaldi). Default `librosa`.
   */
  first?: 'librosa' | 'kept' | 'edge';
}

/**
 * `x[n] - coefficient * x[n - 1]`.
 *
 * @param samples mono; a single one is kept
 * @returns as many samples, of their own
 */
export function preEmphasis(samples: Float32Array, { coefficient = 0.97, first = 'librosa' }: PreEmphasisSpec = {}) {
  const emphasised = samples.slice();
  for (let i = 1; i < samples.length; i++) emphasised[i] = samples[i]! - coefficient * samples[i - 1]!;
  if (samples.length > 1) {
    const [x0, x1] = [samples[0]!, samples[1]!];
    emphasised[0] = { librosa: 3 * x0 - x1, kept: x0, edge: x0 - coefficient * x0 }[first];
  }
  return emphasised;
}
