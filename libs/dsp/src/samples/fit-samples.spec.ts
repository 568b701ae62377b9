import { describe, expect, it } from '@jest/globals';
import { SignalError } from '../signal-error.js';
import { fitSamples, type FitSamplesSpec } from './fit-samples.js';

const samples = Float32Array.of(1, 2, 3);

describe('fitSamples', () => {
  it.each<[FitSamplesSpec, number[]]>([
    [{ length: 3 }, [1, 2, 3]],
    [{ length: 5 }, [1, 2, 3, 0, 0]],
    [{ length: 6, place: 'middle' }, [0, 1, 2, 3, 0, 0]],
    [{ length: 5, place: 'end' }, [0, 0, 1, 2, 3]],
    [{ length: 8, fill: 'repeat' }, [1, 2, 3, 1, 2, 3, 1, 2]],
    [{ length: 8, fill: 'repeat', place: 'middle' }, [2, 3, 1, 2, 3, 1, 2, 3]],
    [{ length: 8, fill: 'repeat', place: 'end' }, [2, 3, 1, 2, 3, 1, 2, 3]],
    [{ length: 2 }, [1, 2]],
    [{ length: 1, keep: 'middle' }, [2]],
    [{ length: 2, keep: 'end' }, [2, 3]],
  ])('%j', (spec, expected) => {
    expect([...fitSamples(samples, spec)]).toEqual(expected);
  });

  it('gives samples of their own', () => {
    fitSamples(samples, { length: 3 }).fill(9);
    expect([...samples]).toEqual([1, 2, 3]);
  });

  it('refuses none', () => {
    expect(() => fitSamples(new Float32Array(), { length: 3, fill: 'repeat' })).toThrow(SignalError);
  });
});
