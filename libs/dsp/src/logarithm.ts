import { levels } from './levels.js';
import { newMatrix, type Matrix } from './matrix.js';

/** Which logarithm is taken of powers or magnitudes, and what keeps it away from that of 0. */
export type LogarithmSpec = DecibelSpec | NaturalSpec | ShiftedSpec;

/** Decibels, as librosa.power_to_db and amplitude_to_db. */
export interface DecibelSpec {
  kind: 'decibels';
  /** What the values are: a power counts 10 dB for a factor of 10, an amplitude 20. Default `power`. */
  of?: 'power' | 'amplitude';
  /** What is 0 dB: a value, or the largest of the matrix. Default 1. */
  reference?: number | 'max';
  /** Values below this one count as this one. Default 1e-10 for powers, 1e-5 for amplitudes. */
  least?: number;
  /** Levels further than this below the loudest of the matrix are raised to there; Infinity keeps all. Default 80. */
  topDb?: number;
}

/** `ln(max(least, x) + offset)`. */
export interface NaturalSpec {
  kind: 'ln';
  /** Default 0. */
  offset?: number;
  /** Values below this one count as this one. Default 0 with an offset, else 1e-10. */
  least?: number;
}

/** `ln(1 + gain * x)`. */
export interface ShiftedSpec {
  kind: 'ln1p';
  /** Default 1. */
  gain?: number;
}

/**
 * The logarithm of every value.
 *
 * @param matrix of values that are at least 0
 * @returns a matrix of its own, of the same shape
 */
export function toLogarithm(matrix: Matrix, spec: LogarithmSpec): Matrix {
  switch (spec.kind) {
    case 'decibels':
      return decibels(matrix, spec);
    case 'ln': {
      const { offset = 0, least = offset > 0 ? 0 : 1e-10 } = spec;
      return levels(matrix, { least, offset, perBel: Math.LN10 });
    }
    case 'ln1p': {
      const { gain = 1 } = spec;
      return mapped(matrix, (value) => Math.log1p(gain * value));
    }
  }
}

function decibels(matrix: Matrix, spec: DecibelSpec): Matrix {
  const { of = 'power', reference = 1, least = of === 'power' ? 1e-10 : 1e-5, topDb = 80 } = spec;
  const zero = reference === 'max' ? reference : Math.max(least, reference);
  return levels(matrix, { least, perBel: of === 'power' ? 10 : 20, reference: zero, range: topDb });
}

function mapped({ rows, columns, data }: Matrix, change: (value: number) => number): Matrix {
  const changed = newMatrix(rows, columns);
  for (let i = 0; i < data.length; i++) changed.data[i] = change(data[i]!);
  return changed;
}
