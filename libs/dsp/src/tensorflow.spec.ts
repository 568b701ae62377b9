import { describe, expect, it } from '@jest/globals';
import { largestError, report } from '../test-support/largest-error.js';
import { readReferences } from '../test-support/references.js';
import { chord } from '../test-support/signals.js';
import {
  logMelSpectrogram,
  mfcc,
  spectrogram,
  tensorflowLogMel,
  tensorflowMfcc,
  tensorflowSpectrogram,
  type Matrix,
} from './index.js';

/** On magnitudes up to 11 and on natural logarithms; TensorFlow transforms and sums in single precision. */
const tolerance = 1e-3;
const references = readReferences('tensorflow');
const [speech, odd] = [chord(3200), chord(3200, 11_025)];
const computed: Record<string, () => Matrix> = {
  'spectrogram 255/128': () => spectrogram(chord(600), tensorflowSpectrogram(255, 128)),
  'log-mel 30/20': () => logMelSpectrogram(speech, tensorflowLogMel({ sampleRate: 16_000, strideMs: 20 })),
  'log-mel 40/20': () =>
    logMelSpectrogram(
      speech,
      tensorflowLogMel({ sampleRate: 16_000, windowMs: 40, strideMs: 20, highestHz: 7600, offset: 1e-6 }),
    ),
  'log-mel odd': () =>
    logMelSpectrogram(
      odd,
      tensorflowLogMel({ sampleRate: 11_025, windowMs: 40, strideMs: 16, lowestHz: 80, highestHz: 3800 }),
    ),
  'mfcc 30/10': () => mfcc(speech, tensorflowMfcc({ sampleRate: 16_000 })),
  'mfcc 30/20, 40': () => mfcc(speech, tensorflowMfcc({ sampleRate: 16_000, strideMs: 20, coefficients: 40 })),
  'mfcc odd': () => mfcc(odd, tensorflowMfcc({ sampleRate: 11_025, windowMs: 40, strideMs: 16, coefficients: 10 })),
  'mfcc of silence': () => mfcc(new Float32Array(480), tensorflowMfcc({ sampleRate: 16_000 })),
};

describe('front ends of TensorFlow 2.21', () => {
  it('are all compared', () => expect(Object.keys(computed)).toEqual(Object.keys(references)));

  it.each(Object.keys(references))('%s is met', (name) => {
    const error = largestError(computed[name]!().data, references[name]!);
    report(`tensorflow ${name}`, error, tolerance);
    expect(error).toBeLessThan(tolerance);
  });
});
