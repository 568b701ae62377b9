import { fitFrames, rescale, standardise, transpose, type Matrix } from '#dsp';

import type { Normalisation } from '../../card/normalisation.js';
import type { AudioCard } from '../../card.js';
import { asInputError } from './as-input-error.js';
import { computeFeatures } from './compute-features.js';
import { prepareSamples } from './prepare-samples.js';

/**
 * Samples as one row of the network's input: features, normalised, fitted to the card's frames, laid out.
 *
 * @param samples of {@link readSamples}
 * @returns as many values as the card's feature shape multiplies to, row after row
 * @throws InputError if the samples are too few for the card's features
 */
export function toNetworkInput(samples: Float32Array, { input, samples: steps, features }: AudioCard): Float32Array {
  return asInputError(() => {
    const prepared = steps ? prepareSamples(samples, steps) : samples;
    const normalised = normalise(computeFeatures(prepared, features, input.sampleRate), features.normalisation);
    const fitted = fitFrames(normalised, features.fit);
    return (features.layout === 'coefficients-frames' ? fitted : transpose(fitted)).data;
  });
}

function normalise(matrix: Matrix, normalisation: Normalisation | undefined): Matrix {
  if (!normalisation) return matrix;
  const { mean, std, leastStd, range, over } = normalisation;
  if (range) return rescale(matrix, { over, lowest: range[0], highest: range[1] });
  return standardise(matrix, {
    mean: mean === 'recording' ? 'row' : mean,
    std: std === 'recording' ? 'row' : std,
    leastStd,
  });
}
