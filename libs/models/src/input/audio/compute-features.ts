import { dct, delta, lifter, melSpectrogram, pcen, spectrogram, stackRows, toLogarithm, type Matrix } from '#dsp';

import type { Features } from '../../card/features.js';

/**
 * A card's features of some samples, before they are normalised and fitted.
 *
 * @param sampleRate hertz
 * @returns one row per coefficient, band or bin, those of the deltas last; one column per frame
 * @throws SignalError if the samples are too few
 */
export function computeFeatures(samples: Float32Array, features: Features, sampleRate: number): Matrix {
  const levels = toLevels(measure(samples, features, sampleRate), features, sampleRate);
  const { deltas } = features;
  const rows = features.kind === 'mfcc' ? cepstrum(levels, features) : levels;
  if (!deltas) return rows;
  const orders = ([1, 2] as const).slice(0, deltas.orders);
  return stackRows([rows, ...orders.map((order) => delta(rows, { ...deltas, order }))]);
}

/** Powers or magnitudes of bins or bands. */
function measure(samples: Float32Array, features: Features, sampleRate: number): Matrix {
  const { fft, hop, centered, padding, window, windowSymmetric, windowLength, windowAt, power } = features;
  const framing = { fft, hop, centered, padding, window, windowSymmetric, windowLength, windowAt, power };
  if (features.kind === 'spectrogram') return spectrogram(samples, framing);
  const { mels, htk, melNorm, melSlopes, lowestHz, highestHz, lowestBin } = features;
  const bands = { mels, melScale: htk ? 'htk' : 'slaney', melNorm, melSlopes, lowestHz, highestHz, lowestBin } as const;
  return melSpectrogram(samples, { ...framing, ...bands, sampleRate });
}

function toLevels(measured: Matrix, { levels, topDb, hop }: Features, sampleRate: number): Matrix {
  const range = topDb === 'none' ? Infinity : topDb;
  switch (levels?.kind) {
    case undefined:
      return toLogarithm(measured, { kind: 'decibels', topDb: range });
    case 'decibels':
      return toLogarithm(measured, { ...levels, topDb: range });
    case 'ln':
    case 'ln1p':
      return toLogarithm(measured, levels);
    case 'none':
      return measured;
    case 'pcen': {
      const { scale = 1, ...spec } = levels;
      return pcen({ ...measured, data: measured.data.map((value) => value * scale) }, { ...spec, sampleRate, hop });
    }
  }
}

function cepstrum(levels: Matrix, features: Extract<Features, { kind: 'mfcc' }>): Matrix {
  const { coefficients, dctType: type, dctNorm: norm, lifter: halfPeriod } = features;
  const rows = dct(levels, { type, norm, coefficients });
  return halfPeriod ? lifter(rows, halfPeriod) : rows;
}
