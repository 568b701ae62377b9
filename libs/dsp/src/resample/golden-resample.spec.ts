import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { hasReferenceData, referenceData } from '../../../../test/reference-data.js';
import { report } from '../../test-support/largest-error.js';
import { decodeRecording } from '../decode/decode-recording.js';
import { resample } from './resample.js';

interface Golden {
  clip: string;
  to: number;
  y: { data_b64: string };
}

/** Of the root mean square: 80 dB. */
const tolerance = 1e-4;

const names = hasReferenceData
  ? readdirSync(referenceData('golden/dsp')).filter((name) => name.startsWith('resample_'))
  : [];

function rootMeanSquare(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}

(hasReferenceData ? describe : describe.skip)("librosa 0.11's default resampling, by soxr", () => {
  it('has references for two clips', () => expect(names).toHaveLength(2));

  it.each(names)('%s is met by soxr_hq in all bands', async (name) => {
    const golden = JSON.parse(readFileSync(referenceData('golden/dsp', name), 'utf8')) as Golden;
    const expected = new Float32Array(new Uint8Array(Buffer.from(golden.y.data_b64, 'base64')).buffer);
    const { samples, sampleRate } = await decodeRecording([readFileSync(referenceData(golden.clip))]);
    const actual = resample(samples, sampleRate, golden.to, 'soxr_hq');
    expect(actual).toHaveLength(expected.length);
    const difference = rootMeanSquare(actual.map((sample, i) => sample - expected[i]!)) / rootMeanSquare(expected);
    report(`${name}, of the root mean square`, difference, tolerance);
    expect(difference).toBeLessThan(tolerance);
  });
});
