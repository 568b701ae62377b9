import { describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';

import { fanCard } from '../../../test/models/make-bundle.js';
import { CardError, parseModelCard } from './card.js';

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
  it('fills in the defaults', () => {
    const card = parseModelCard(stringify({ ...fanCard, queue: undefined }));
    expect(card).toMatchObject({
      queue: 'cpu',
      groupLimit: 16,
      input: { short: 'keep' },
      features: { htk: false, topDb: 80, fit: { long: 'truncate' } },
    });
  });

  it.each([
    ['name', 'Fan Fault', 'name must be lower-case words'],
    ['version', '1.0', 'version must be a version such as 1.0.0'],
    ['version', 1, 'version must be of type string'],
    ['task', 'regression', 'task must be classification'],
    ['input.kind', 'video', 'input.kind must be audio'],
    ['input.sampleRate', 22050.5, 'input.sampleRate must be a whole number'],
    ['input.sampleRate', undefined, 'input.sampleRate is missing'],
    ['input.channels', 'left', 'input.channels must be mean or the number of a channel'],
    ['input.resampler', 'soxr', 'input.resampler must be kaiser_fast or kaiser_best'],
    ['input.seconds', 0, 'input.seconds must be more than 0'],
    ['input.secs', 10, 'input.secs is not a field of a model card'],
    ['features.kind', 'cqt', 'features.kind must be mfcc or mel'],
    ['features.coefficients', 129, 'features.coefficients must not exceed features.mels'],
    ['features.fft', 'big', 'features.fft must be of type number'],
    ['features.hop', -1, 'features.hop must be at least 1'],
    ['features.layout', 'rows', 'features.layout must be coefficients-frames or frames-coefficients'],
    ['features.fit.frames', 0, 'features.fit.frames must be at least 1'],
    ['features.fit.wide', 1, 'features.fit.wide is not a field of a model card'],
    ['features.normalisation', { mean: [1, 2], std: 1 }, 'features.normalisation.mean must have 40 numbers'],
    ['features.normalisation', { mean: 'own', std: 1 }, 'features.normalisation.mean must be `recording`, a number'],
    ['features.normalisation', { mean: 0, std: 0 }, 'features.normalisation.std must be more than 0'],
    ['output.labels', ['a'], 'output.labels must be at least 2 long'],
    ['output.labels', ['a', 'a'], 'output.labels must differ from each other'],
    ['output.normal', 'Fine', 'output.normal must be one of output.labels'],
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
