import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { hasReferenceData, referenceData } from '../../../test/reference-data.js';
import { largestError, report } from '../test-support/largest-error.js';
import { readMatFile, type MatVariable } from '../test-support/mat-file.js';
import { decodeRecording, hzToMel, melFilterBank, melToHz, stft, type Matrix } from './index.js';

/** That of librosa's own tests (numpy.allclose). */
const tolerance = 1e-5;
const withReferences = hasReferenceData ? describe : describe.skip;
const scaleOf = (htk: MatVariable) => (htk.real[0] ? 'htk' : 'slaney');

function readVariables(name: string): Record<string, MatVariable> {
  return readMatFile(referenceData('librosa_ref', `${name}.mat`));
}

/** MATLAB's order, column after column. */
function columnMajor({ rows, columns, data }: Matrix): number[] {
  return Array.from({ length: rows * columns }, (_, i) => data[(i % rows) * columns + Math.floor(i / rows)]!);
}

withReferences("librosa's references from MATLAB", () => {
  it.each(['core-load-001', 'core-load-002'])('%s is met by decodeRecording', async (name) => {
    const { mono, y } = readVariables(name);
    const bytes = readFileSync(referenceData('librosa_ref', 'test1_44100.wav'));
    const { samples } = await decodeRecording([bytes], mono!.real[0] ? 'mean' : 'all');
    const error = largestError(samples, y!.real);
    report(name, error, tolerance);
    expect(error).toBeLessThan(tolerance);
  });

  it.each([1, 2, 3, 4, 5, 6].map((n) => `core-stft-00${n}`))('%s is met by stft', async (name) => {
    const { wavfile, nfft, hop_length, hann_w, D } = readVariables(name);
    const path = String.fromCharCode(...wavfile!.real).replace('data/', '');
    const { samples } = await decodeRecording([readFileSync(referenceData('librosa_ref', path))], 'mean');
    const [fft, hop] = [nfft!.real[0]!, hop_length!.real[0]!];
    const { real, imaginary } = stft(samples, { fft, hop, centered: false, window: hann_w!.real[0] ? 'hann' : 'ones' });
    const error = Math.max(
      largestError(columnMajor(real), D!.real),
      // The references were transposed with MATLAB's ' operator, which also conjugates.
      largestError(
        columnMajor(imaginary),
        D!.imaginary.map((value) => -value),
      ),
    );
    report(name, error, tolerance);
    expect(error).toBeLessThan(tolerance);
  });

  const banks = [111, 113, 115, 117, 119, 131, 133, 135, 137, 139].map((n) => `feature-melfb-${n}`);
  it.each([...banks, 'feature-melfbnorm-002'])('%s is met by melFilterBank', (name) => {
    const { sr, nfft, nfilts, fmin, fmax, htk, norm, wts } = readVariables(name);
    const [sampleRate, fft, mels] = [sr!, nfft!, nfilts!].map(({ real }) => real[0]!) as [number, number, number];
    const { filters } = melFilterBank({
      sampleRate,
      fft,
      mels,
      melScale: scaleOf(htk!),
      melNorm: norm ? 'none' : 'slaney',
      lowestHz: fmin!.real[0]!,
      highestHz: fmax!.real[0]!,
    });
    const dense: Matrix = { rows: mels, columns: fft, data: new Float32Array(mels * fft) };
    filters.forEach(({ first, weights }, band) => dense.data.set(weights, band * fft + first));
    const error = largestError(columnMajor(dense), wts!.real) / Math.max(...wts!.real);
    report(`${name}, relative to the largest weight`, error, tolerance);
    expect(error).toBeLessThan(tolerance);
  });

  it.each([
    ['feature-hz_to_mel', hzToMel],
    ['feature-mel_to_hz', melToHz],
  ] as const)('%s-001 to -004 are met', (name, convert) => {
    for (const variables of [1, 2, 3, 4].map((n) => readVariables(`${name}-00${n}`))) {
      const [from, to] = [variables['f']!.real, variables['result']!.real];
      const ratios = from.map((value, i) => convert(value, scaleOf(variables['htk']!)) / to[i]!);
      const error = largestError(ratios, Array<number>(to.length).fill(1));
      report(`${name}, ${scaleOf(variables['htk']!)}, ${to.length} values, relative`, error, tolerance);
      expect(error).toBeLessThan(tolerance);
    }
  });
});
