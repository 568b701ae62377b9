import { fitSamples, normalisePeak, normaliseRms, preEmphasis, trimSilence } from '#dsp';

import type { SampleSteps } from '../../card/samples.js';

/**
 * Samples after the steps of the card's `samples`.
 *
 * @throws SignalError if nothing is left of them
 */
export function prepareSamples(samples: Float32Array, steps: SampleSteps): Float32Array {
  const { trim, fit, peak, rms, preEmphasis: emphasis } = steps;
  let prepared = samples;
  if (trim) prepared = trimSilence(prepared, trim);
  if (fit) prepared = fitSamples(prepared, fit);
  if (peak !== undefined) prepared = normalisePeak(prepared, peak);
  if (rms !== undefined) prepared = normaliseRms(prepared, rms);
  return emphasis ? preEmphasis(prepared, emphasis) : prepared;
}
