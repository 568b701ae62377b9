import { describe, expect, it } from '@jest/globals';
import { largestError, report } from '../test-support/largest-error.js';
import { readReferences } from '../test-support/references.js';
import { chord, noise } from '../test-support/signals.js';
import {
  dct,
  delta,
  lifter,
  melSpectrogram,
  mfcc,
  pcen,
  preEmphasis,
  toLogarithm,
  trimSilence,
  type DctSpec,
  type DeltaSpec,
  type Matrix,
  type MelSpec,
} from './index.js';

/** Relative to the largest value of the reference: single precision, summed up over a frame. */
const tolerance = 1e-5;
const references = readReferences('librosa');

const y = chord(2000);
const bands: MelSpec = { sampleRate: 16_000, fft: 256, hop: 250, mels: 6 };
const mel = (spec: Partial<MelSpec>, samples = y) => melSpectrogram(samples, { ...bands, ...spec }).data;
const features = matrix(5, 12, (value) => value * 10);
const levels = matrix(4, 6, (value) => Math.abs(value) ** 6);
const energies = matrix(4, 10, (value) => Math.fround(Math.abs(value)) * 1000);
const transformed = (type: DctSpec['type'], norm: DctSpec['norm']) =>
  dct(features, { type, norm, coefficients: 4 }).data;
const changes = (spec: DeltaSpec) => delta(features, spec).data;
const stretch = y.slice(1000, 1020);

const computed: Record<string, () => ArrayLike<number>> = {
  'mel reflect': () => mel({ padding: 'reflect' }),
  'mel edge': () => mel({ padding: 'edge' }),
  'mel magnitude': () => mel({ power: 1 }),
  'mel hamming': () => mel({ window: 'hamming', windowLength: 200 }),
  'mel blackman': () => mel({ window: 'blackman', windowLength: 201 }),
  'mel bartlett': () => mel({ window: 'bartlett' }),
  'mel symmetric': () => mel({ windowSymmetric: true }),
  'mel htk': () => mel({ melScale: 'htk', melNorm: 'none', lowestHz: 300, highestHz: 5000 }),
  'mel fft 400': () => mel({ fft: 400 }),
  'mel reflect, 50 samples': () => mel({ padding: 'reflect' }, chord(50)),
  'decibels max': () => toLogarithm(levels, { kind: 'decibels', reference: 'max', topDb: 30 }).data,
  'decibels ref 0.01': () =>
    toLogarithm(levels, { kind: 'decibels', reference: 0.01, least: 1e-6, topDb: Infinity }).data,
  'decibels amplitude': () => toLogarithm(levels, { kind: 'decibels', of: 'amplitude', reference: 'max' }).data,
  'decibels amplitude ref 1': () => toLogarithm(levels, { kind: 'decibels', of: 'amplitude', topDb: 50 }).data,
  'dct 1 ortho': () => transformed(1, 'ortho'),
  'dct 1 none': () => transformed(1, 'none'),
  'dct 2 ortho': () => transformed(2, 'ortho'),
  'dct 2 none': () => transformed(2, 'none'),
  'dct 3 ortho': () => transformed(3, 'ortho'),
  'dct 3 none': () => transformed(3, 'none'),
  'lifter 22': () => lifter(dct(features, { coefficients: 4 }), 22).data,
  mfcc: () => mfcc(y, { ...bands, melScale: 'htk', coefficients: 5, dctType: 3, dctNorm: 'none', lifter: 3 }).data,
  'delta 9 1 interp': () => changes({}),
  'delta 9 2 interp': () => changes({ order: 2 }),
  'delta 5 3 interp': () => changes({ width: 5, order: 3 }),
  'delta 9 1 nearest': () => changes({ mode: 'nearest' }),
  'delta 7 2 nearest': () => changes({ width: 7, order: 2, mode: 'nearest' }),
  pcen: () => pcen(energies, { sampleRate: 16_000, hop: 160 }).data,
  'pcen other': () =>
    pcen(energies, {
      ...{ sampleRate: 8000, hop: 512, gain: 0.7, bias: 1.5 },
      ...{ power: 0.25, timeConstantSeconds: 0.1, least: 1e-3 },
    }).data,
  'pcen power 0': () => pcen(energies, { sampleRate: 22_050, hop: 512, smoothing: 0.1, power: 0 }).data,
  'pcen bias 0': () => pcen(energies, { sampleRate: 22_050, hop: 512, smoothing: 0.1, bias: 0 }).data,
  preemphasis: () => preEmphasis(stretch),
  'preemphasis kept': () => preEmphasis(stretch, { coefficient: 0.9, first: 'kept' }),
  trim: () => trimmed({}),
  'trim 30': () => trimmed({ topDb: 30, frameLength: 400, hop: 160 }),
  'trim ref 1': () => trimmed({ reference: 1, topDb: 20 }),
  'trim silence': () => [0, trimSilence(new Float32Array(5000)).length],
};

describe('features of librosa 0.11', () => {
  it('are all compared', () => expect(Object.keys(computed)).toEqual(Object.keys(references)));

  it.each(Object.keys(references))('%s is met', (name) => {
    const expected = references[name]!;
    const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const error = largestError(computed[name]!(), expected) / largest;
    report(`librosa ${name}, relative to the largest value`, error, tolerance);
    expect(error).toBeLessThan(tolerance);
  });
});

function matrix(rows: number, columns: number, change: (value: number) => number): Matrix {
  return { rows, columns, data: noise(rows * columns).map(change) };
}

/** From where to where `trimSilence` keeps what `make-librosa.py` calls hushed. */
function trimmed(spec: Parameters<typeof trimSilence>[1]): number[] {
  const parts = [noise(9000).map((value) => value * 1e-5), chord(9000), noise(9000, 2).map((value) => value * 1e-4)];
  const hushed = Float32Array.from(parts.flatMap((part) => [...part]));
  const kept = trimSilence(hushed, spec);
  const start = hushed.findIndex((_, at) => kept.every((value, i) => hushed[at + i] === value));
  return [start, start + kept.length];
}
