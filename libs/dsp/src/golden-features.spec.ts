import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { hasReferenceData, referenceData } from '../../../test/reference-data.js';
import { largestError, report } from '../test-support/largest-error.js';
import { melSpectrogram, mfcc, readMono, toLogarithm, type Matrix, type MfccSpec } from './index.js';

interface Golden {
  clip: string;
  channel: number;
  sr: number;
  params: { n_fft: number; hop: number; win?: number; n_mels: number; n_mfcc: number; htk: boolean; center: boolean };
  mel_power: Encoded;
  mel_db_top80: Encoded;
  mfcc: Encoded;
}
interface Encoded {
  shape: [rows: number, columns: number];
  data_b64: string;
}

/** On decibels and coefficients, absolute. */
const tolerance = 1e-3;
/** A float32 FFT, librosa's, misses a tighter one: what counts as rounding is either of these. */
const [ofTheBand, ofTheLoudestBand] = [2e-4, 1e-6];

const names = hasReferenceData
  ? readdirSync(referenceData('golden/dsp')).filter((name) => /__.*\.json$/.test(name))
  : [];

async function readGolden(name: string) {
  const golden = JSON.parse(readFileSync(referenceData('golden/dsp', name), 'utf8')) as Golden;
  const { samples } = await readMono([readFileSync(referenceData(golden.clip))], golden.channel);
  const { params } = golden;
  const spec: MfccSpec = {
    sampleRate: golden.sr,
    fft: params.n_fft,
    hop: params.hop,
    windowLength: params.win ?? params.n_fft,
    mels: params.n_mels,
    coefficients: params.n_mfcc,
    melScale: params.htk ? 'htk' : 'slaney',
    centered: params.center,
  };
  return { golden, samples, spec };
}

function decoded({ shape: [rows, columns], data_b64 }: Encoded): Matrix {
  return { rows, columns, data: new Float32Array(new Uint8Array(Buffer.from(data_b64, 'base64')).buffer) };
}

/** The largest error of any band as a multiple of what is allowed for it. */
function worstBand(actual: Matrix, expected: Matrix): number {
  const { columns, data } = expected;
  const loudest = new Float64Array(columns);
  data.forEach((value, i) => (loudest[i % columns] = Math.max(loudest[i % columns]!, value)));
  const inTolerances = (values: Float32Array) =>
    Float64Array.from(
      values,
      (value, i) => value / Math.max(ofTheBand * data[i]!, ofTheLoudestBand * loudest[i % columns]!),
    );
  return largestError(inTolerances(actual.data), inTolerances(data));
}

(hasReferenceData ? describe : describe.skip)('features of librosa 0.11', () => {
  it('has references for three settings of two clips', () => expect(names).toHaveLength(6));

  it.each(names)('%s is met by melSpectrogram, toLogarithm and mfcc', async (name) => {
    const { golden, samples, spec } = await readGolden(name);
    const [power, decibels, cepstrum] = [golden.mel_power, golden.mel_db_top80, golden.mfcc].map(decoded);
    const bands = melSpectrogram(samples, spec);
    const errors = {
      'power, in tolerances': worstBand(bands, power!),
      dB: largestError(toLogarithm(bands, { kind: 'decibels' }).data, decibels!.data),
      mfcc: largestError(mfcc(samples, spec).data, cepstrum!.data),
    };
    report(`${name} power, in tolerances of a band`, errors['power, in tolerances'], 1);
    report(`${name} dB`, errors.dB, tolerance);
    report(`${name} mfcc`, errors.mfcc, tolerance);
    expect(errors['power, in tolerances']).toBeLessThan(1);
    expect(errors.dB).toBeLessThan(tolerance);
    expect(errors.mfcc).toBeLessThan(tolerance);
  });
});
