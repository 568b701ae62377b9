import { describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';

import { smallCard } from '../../../../../test/models/make-bundle.js';
import { parseAudioCard } from '../../card.js';
import { featureShape } from '../feature-shape.js';
import { toNetworkInput } from './network-input.js';

type Part = Record<string, unknown>;
const sampleRate = 16_000;
const samples = Float32Array.from({ length: sampleRate }, (_, i) => 0.5 * Math.sin(i * i) * Math.sin(i / 3000));
const fit = { frames: 20, short: 'zeros' };

function cardWith(features: Part, others: Part = {}) {
  const whole = { layout: 'coefficients-frames', fit, ...features };
  return parseAudioCard(
    stringify({ ...smallCard, input: { ...smallCard.input, sampleRate, seconds: 1 }, ...others, features: whole }),
  );
}

const mel = { kind: 'mel', fft: 512, hop: 256, mels: 20 };

describe('toNetworkInput, of every kind of features,', () => {
  it.each<[string, Part, number]>([
    ['mel', mel, 20],
    ['bins of a spectrogram', { kind: 'spectrogram', fft: 512, hop: 256, levels: { kind: 'ln1p' } }, 257],
    ['an MFCC with its deltas', { ...mel, kind: 'mfcc', coefficients: 13, deltas: { orders: 2 } }, 39],
    ['PCEN', { ...mel, levels: { kind: 'pcen', scale: 2 ** 31 }, power: 1 }, 20],
    ['bands as they are', { ...mel, levels: { kind: 'none' } }, 20],
    ['levels relative to the loudest', { ...mel, levels: { kind: 'decibels', reference: 'max' }, topDb: 'none' }, 20],
    [
      'reflected edges',
      { ...mel, padding: 'reflect', window: 'hamming', windowSymmetric: true, windowLength: 400 },
      20,
    ],
  ])('has the rows that the card says: %s', (_, features, rows) => {
    const card = cardWith(features);
    expect(featureShape(card)).toEqual([rows, 20]);
    const input = toNetworkInput(samples, card);
    expect(input).toHaveLength(rows * 20);
    expect(input.every(Number.isFinite)).toBe(true);
    expect(new Set(input).size).toBeGreaterThan(rows);
  });
});
