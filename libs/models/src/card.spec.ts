import { describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';

import { fanCard } from '../../../test/models/make-bundle.js';
import { resamplers } from '#dsp';
import { CardError, modelCardSchema, parseModelCard } from './card.js';
import { resamplerNames } from './card/input.js';

type Fields = Record<string, unknown>;

/** The fan card with one field replaced; `features.fit.frames` goes into the objects on the way. */
function cardWith(path: string, value: unknown): string {
  const card = structuredClone(fanCard) as Fields;
  const keys = path.split('.');
  const owner = keys.slice(0, -1).reduce((object, key) => object[key] as Fields, card);
  owner[keys.at(-1)!] = value;
  return stringify(card);
}

function faultOf(yaml: string): string {
  try {
    parseModelCard(yaml);
  } catch (error) {
    if (error instanceof CardError) return error.message;
    throw error;
  }
  throw new Error('the card was accepted');
}

describe('parseModelCard', () => {
  it.each([
    [
      'a level of decibels',
      { topDb: 60, levels: { kind: 'ln' } },
      'features.topDb has no meaning with features.levels.kind ln',
    ],
    [
      'the usual one too',
      { topDb: 80, levels: { kind: 'pcen' } },
      'features.topDb has no meaning with features.levels.kind pcen',
    ],
    ['padding', { padding: 'edge', centered: false }, 'features.padding has no meaning with features.centered false'],
    [
      'a least deviation',
      { normalisation: { mean: 0, std: 1, leastStd: 0.1 } },
      'features.normalisation.leastStd has no meaning',
    ],
  ])('refuses %s that nothing asks for', (_, change, fault) => {
    const text = stringify({ ...fanCard, features: { ...fanCard.features, ...change } });
    expect(faultOf(text)).toContain(fault);
    const registered = modelCardSchema.safeParse({ ...fanCard, features: { ...fanCard.features, ...change } });
    expect(registered.success).toBe(true);
  });

  it('takes these fields where they mean something', () => {
    const normalisation = { mean: 0, std: 'recording', leastStd: 0.1 };
    const change = {
      topDb: 60,
      levels: { kind: 'decibels' },
      padding: 'edge',
      centered: true,
      lowestBin: 1024,
      normalisation,
    };
    expect(parseModelCard(stringify({ ...fanCard, features: { ...fanCard.features, ...change } }))).toBeDefined();
  });

  it('fills in the defaults', () => {
    const input = { ...fanCard.input, resampler: undefined };
    const card = parseModelCard(stringify({ ...fanCard, input, queue: undefined }));
    expect(card).toMatchObject({
      queue: 'cpu',
      groupLimit: 16,
      input: { short: 'keep', resampler: 'soxr_hq' },
      features: { htk: false, topDb: 80, fit: { long: 'truncate' } },
    });
  });

  it.each([
    ['name', 'Fan Fault', 'name must be lower-case words'],
    ['version', '1.0', 'version must be a version such as 1.0.0'],
    ['version', 1, 'version must be of type string'],
    ['task', 'regression', 'task must be classification or multi-label or anomaly-detection or raw'],
    ['input.kind', 'video', 'input.kind must be audio or image'],
    ['input.kind', undefined, 'input.kind is missing'],
    ['image', {}, 'image is not a field of a model card'],
    ['input.sampleRate', 22050.5, 'input.sampleRate must be a whole number'],
    ['input.sampleRate', undefined, 'input.sampleRate is missing'],
    ['input.channels', 'left', 'input.channels must be mean or the number of a channel'],
    ['input.resampler', 'soxr', 'input.resampler must be soxr_hq or kaiser_fast or kaiser_best or'],
    ['input.seconds', 0, 'input.seconds must be more than 0'],
    ['input.window', { seconds: 1, hop: 1 }, 'input.window cannot be given together with input.seconds'],
    ['input.window', { seconds: 1 }, 'input.window.hop is missing'],
    ['input.window', { seconds: 0.001, hop: 1 }, 'input.window.seconds must be at least 0.01'],
    ['input.window', { seconds: 1, hop: 1e9 }, 'input.window.hop must be at most 3600'],
    ['input.secs', 10, 'input.secs is not a field of a model card'],
    ['features.kind', 'cqt', 'features.kind must be mfcc or mel or spectrogram'],
    ['features.coefficients', 129, 'features.coefficients must not exceed features.mels'],
    ['features.fft', 'big', 'features.fft must be of type number'],
    ['features.hop', -1, 'features.hop must be at least 1'],
    ['features.layout', 'rows', 'features.layout must be coefficients-frames or frames-coefficients'],
    ['features.fit.frames', 0, 'features.fit.frames must be at least 1'],
    ['features.fit.wide', 1, 'features.fit.wide is not a field of a model card'],
    ['features.normalisation', { mean: [1, 2], std: 1 }, 'features.normalisation.mean must have 40 numbers'],
    [
      'features.normalisation',
      { mean: 'own', std: 1 },
      'features.normalisation.mean must be `recording`, `matrix`, a number',
    ],
    ['features.normalisation', { mean: 0, std: 0 }, 'features.normalisation.std must be more than 0'],
    ['features.normalisation', { mean: 0 }, 'features.normalisation.std is missing'],
    ['features.normalisation', { mean: 0, std: 1, range: [0, 1] }, 'range cannot be given together with mean and std'],
    ['features.normalisation', { range: [0] }, 'features.normalisation.range must be at least 2 long'],
    ['features.normalisation', { mean: 0, std: 1, over: 'row' }, 'normalisation.over has no meaning without range'],
    ['features.windowLength', 4096, 'features.windowLength must not exceed features.fft'],
    ['features.highestHz', 11_026, 'features.highestHz and lowestHz must lie below half of input.sampleRate'],
    ['features.lowestHz', 11_025, 'features.highestHz and lowestHz must lie below half of input.sampleRate'],
    ['features.dctNorm', 'slaney', 'features.dctNorm must be ortho or none or htk'],
    ['features.lowestBin', 1025, 'features.lowestBin must be at most 1024, half of features.fft'],
    ['features.deltas', { orders: 3 }, 'features.deltas.orders must be 1 or 2'],
    ['features.deltas', { orders: 1, width: 4 }, 'features.deltas.width must be odd'],
    ['features.levels', { kind: 'log10' }, 'features.levels.kind must be decibels or ln or ln1p or none or pcen'],
    ['features.topDb', 'all', 'features.topDb must be a number from 0 to 1000, or none'],
    ['samples', { peak: 2 }, 'samples.peak must be at most 1'],
    ['samples', { trim: { reference: 'mean' } }, 'samples.trim.reference must be max or a positive number'],
    ['output.labels', ['a'], 'output.labels must be at least 2 long'],
    ['output.labels', ['a', 'a'], 'output.labels must differ from each other'],
    ['output.normal', 'Fine', 'output.normal must be one of output.labels'],
    ['output.segments', {}, 'output.segments has no meaning without input.window'],
    ['output.segments', { threshold: 2 }, 'output.segments.threshold must be at most 1'],
    ['output.segments', { threshold: 'high' }, 'output.segments.threshold must be a number from 0 to 1, or a map'],
    ['output.segments', { threshold: { Fine: 0.5 } }, 'output.segments.threshold must name only labels of output'],
    ['output.segments', { ignore: ['Fine'] }, 'output.segments.ignore must name only labels of output.labels'],
    ['output.segments', { minSeconds: -1 }, 'output.segments.minSeconds must be at least 0'],
    ['output.segments', { scores: 'sum' }, 'output.segments.scores must be mean or max'],
    ['weights', '../weights.h5', 'weights must be the name of a file inside the bundle'],
    ['weights', '/etc/passwd', 'weights must be the name of a file inside the bundle'],
    ['weights', '.hidden.h5', 'weights must be the name of a file inside the bundle'],
    ['queue', 'GPU', 'queue must be lower-case words joined by hyphens'],
    ['groupLimit', 0, 'groupLimit must be at least 1'],
    ['licence', 7, 'licence must be of type string'],
    ['colour', 'red', 'colour is not a field of a model card'],
  ])('refuses %s = %j by name', (path, value, fault) => {
    expect(faultOf(cardWith(path, value))).toContain(fault);
  });

  it('names every faulty field at once', () => {
    const fault = faultOf(stringify({ ...fanCard, name: 'X', queue: 'Y', groupLimit: 'many' }));
    expect(fault).toMatch(/name .*; queue .*; groupLimit /);
  });

  const windowedInput = { ...fanCard.input, seconds: undefined, window: { seconds: 10, hop: 5 } };

  it('takes windows of a recording, and what is to be made of them', () => {
    const segments = { threshold: { 'Component OK': 0.5 }, scores: 'max', ignore: ['Voltage change'] };
    const card = { ...fanCard, input: windowedInput, output: { ...fanCard.output, segments } };
    expect(parseModelCard(stringify(card))).toMatchObject({
      input: { window: { seconds: 10, hop: 5 } },
      output: { segments: { ...segments, minSeconds: 0 } },
    });
  });

  it('refuses windows that are lengthened otherwise, or larger than memory', () => {
    const faultOfInput = (input: Fields) => faultOf(stringify({ ...fanCard, input: { ...windowedInput, ...input } }));
    expect(faultOfInput({ short: 'zeros' })).toBe(
      'input.short has no meaning with input.window, which fills up with zeros',
    );
    expect(faultOfInput({ sampleRate: 192_000, window: { seconds: 3600, hop: 1 } })).toBe(
      'input.window.seconds must make at most 67108864 samples at input.sampleRate',
    );
  });

  it('knows every resampler there is', () => {
    expect(resamplerNames).toEqual(resamplers);
  });

  it('asks for seconds where short recordings are lengthened', () => {
    const input = { ...fanCard.input, seconds: undefined, short: 'zeros' };
    expect(faultOf(stringify({ ...fanCard, input }))).toBe('input.seconds must be given when input.short is zeros');
  });

  it.each([
    ['no YAML', 'a: [', 'the card is not YAML'],
    ['no map', '- 1', 'the content must be of type object'],
    ['nothing', '', 'the content must be of type object'],
  ])('refuses %s', (_, text, fault) => {
    expect(faultOf(text)).toContain(fault);
  });
});
