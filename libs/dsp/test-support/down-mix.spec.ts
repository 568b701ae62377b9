import { describe, expect, it } from '@jest/globals';
import type { Recording } from '../src/recording.js';
import { SignalError } from '../src/signal-error.js';
import { downMix } from './down-mix.js';

const stereo: Recording = { sampleRate: 8000, channels: 2, samples: Float32Array.of(1, 0, 0.5, -0.5, -1, 0) };

describe('downMix', () => {
  it('averages the channels of each frame', () => {
    expect(downMix(stereo, 'mean')).toEqual(Float32Array.of(0.5, 0, -0.5));
  });

  it('takes one channel, counted from 0', () => {
    expect(downMix(stereo, 1)).toEqual(Float32Array.of(0, -0.5, 0));
  });

  it('copies nothing when there is one channel', () => {
    const mono = { ...stereo, channels: 1 };
    expect(downMix(mono, 'mean')).toBe(mono.samples);
    expect(downMix(mono, 0)).toBe(mono.samples);
  });

  it.each([2, -1, 0.5, NaN])('refuses channel %d of two', (channel) => {
    expect(() => downMix(stereo, channel)).toThrow(SignalError);
  });
});
