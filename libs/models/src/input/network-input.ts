import { fitFrames, melSpectrogram, mfcc, toDecibels, transpose, type Matrix } from '#dsp';

import { featureRows } from '../card/features.js';
import type { AudioCard } from '../card.js';
import { asInputError } from './as-input-error.js';

type Features = AudioCard['features'];

/**
 * Samples as one row of the network's input: features, normalised, fitted to the card's frames, laid out.
 *
 * @param samples of {@link readSamples}
 * @returns as many values as {@link featureShape} multiplies to, row after row
 * @throws InputError if the samples are too few for the card's features
 */
export function toNetworkInput(samples: Float32Array, { input, features }: AudioCard): Float32Array {
  return asInputError(() => {
    const normalised = normalise(compute(samples, features, input.sampleRate), features.normalisation);
    const fitted = fitFrames(normalised, features.fit);
    return (features.layout === 'coefficients-frames' ? fitted : transpose(fitted)).data;
  });
}

/** The shape of the values that a card makes of one input: rows and columns. */
export function featureShape({ features }: AudioCard): [number, number] {
  const [rows, frames] = [featureRows(features), features.fit.frames];
  return features.layout === 'coefficients-frames' ? [rows, frames] : [frames, rows];
}

/** One row per coefficient, one column per frame. */
function compute(samples: Float32Array, features: Features, sampleRate: number): Matrix {
  const { fft, hop, mels, topDb } = features;
  const bands = { sampleRate, fft, hop, mels, melScale: features.htk ? 'htk' : 'slaney' } as const;
  return features.kind === 'mfcc'
    ? mfcc(samples, { ...bands, topDb, coefficients: features.coefficients })
    : toDecibels(melSpectrogram(samples, bands), topDb);
}

function normalise(matrix: Matrix, normalisation: Features['normalisation']): Matrix {
  if (!normalisation) return matrix;
  const { std } = normalisation;
  const mean = normalisation.mean === 'recording' ? rowMeans(matrix) : normalisation.mean;
  const data = matrix.data.map((value, index) => {
    const row = Math.floor(index / matrix.columns);
    return (value - ofRow(mean, row)) / ofRow(std, row);
  });
  return { ...matrix, data };
}

function rowMeans({ data, rows, columns }: Matrix): number[] {
  return Array.from({ length: rows }, (_, row) => {
    const values = data.subarray(row * columns, (row + 1) * columns);
    return values.reduce((sum, value) => sum + value, 0) / columns;
  });
}

function ofRow(values: number | readonly number[], row: number): number {
  return typeof values === 'number' ? values : values[row]!;
}
