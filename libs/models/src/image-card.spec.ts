import { describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';

import { CardError, parseAudioCard, parseModelCard } from './card.js';
import { featureShape } from './input/feature-shape.js';

type Fields = Record<string, unknown>;

const digits = {
  name: 'digits',
  version: '1.0.0',
  task: 'classification',
  input: { kind: 'image' },
  image: { channels: 'grey', width: 28, height: 20 },
  output: { labels: ['0', '1'] },
  weights: 'model.h5',
};
const rgb = { channels: 'rgb', width: 28, height: 20 };

function cardWith(image: Fields, others: Fields = {}): string {
  return stringify({ ...digits, ...others, image: { ...digits.image, ...image } });
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

describe('the card of an image model', () => {
  it('has defaults that change nothing but the size', () => {
    expect(parseModelCard(stringify(digits))).toMatchObject({
      input: { maxPixels: 50_000_000, background: 'white' },
      image: { invert: false, resize: 'scikit-image', range: [0, 1], layout: 'channels-last' },
    });
  });

  it.each([
    [{}, [20, 28, 1]],
    [{ layout: 'channels-first' }, [1, 20, 28]],
    [{ ...rgb, layout: 'channels-first' }, [3, 20, 28]],
    [{ ...rgb, layout: 'flat' }, [1680]],
  ])('with %j makes an input of %j', (image, shape) => {
    expect(featureShape(parseModelCard(cardWith(image)))).toEqual(shape);
  });

  it.each<[Fields, string]>([
    [{ channels: 'red' }, 'image.channels must be grey or rgb or bgr'],
    [{ width: 0 }, 'image.width must be at least 1'],
    [{ height: 5000 }, 'image.height must be at most 2048'],
    [{ invert: 'maybe' }, 'image.invert must be true, false or auto'],
    [{ resize: 'lanczos' }, 'image.resize must be scikit-image or bilinear or'],
    [{ threshold: 'otsu' }, 'image.threshold must be of type object'],
    [{ threshold: { kind: 'mean' } }, 'image.threshold.kind must be otsu or adaptive-mean'],
    [{ threshold: { kind: 'otsu', window: 1 } }, 'image.threshold.window is not a field of the card of an image model'],
    [{ colour: 'red' }, 'image.colour is not a field of the card of an image model'],
    [{ range: [1, 1] }, 'image.range must be two different numbers'],
    [{ mean: [1, 2] }, 'image.mean must be one number, or a list of 1, one for each channel'],
    [{ ...rgb, std: [1, 2] }, 'image.std must be one number, or a list of 3, one for each channel'],
    [{ std: 0 }, 'image.std must be more than 0'],
    [{ ...rgb, std: [1, 'wide', 2] }, 'image.std must be a number, or a list with one for each channel'],
    [{ ...rgb, invert: 'auto' }, 'image.invert can be auto only with image.channels grey'],
    [{ deskew: true }, 'image.deskew is not a field of the card of an image model'],
    [{ centre: {} }, 'image.centre.box is missing'],
    [{ ...rgb, greyWeights: [1, 0, 0] }, 'image.greyWeights has a meaning only with image.channels grey'],
    [{ ...rgb, threshold: { kind: 'otsu' } }, 'image.threshold has a meaning only with image.channels grey'],
    [{ ...rgb, centre: { box: 20 } }, 'image.centre has a meaning only with image.channels grey'],
    [{ reduce: 512 }, 'image.reduce has no meaning without image.threshold or image.centre'],
    [{ fill: 1 }, 'image.fill has a meaning only with image.centre or image.aspect pad'],
    [{ centre: { box: 28 } }, 'image.centre must have a box within image.width and height'],
    [{ centre: { box: 20 }, aspect: 'pad' }, 'image.aspect has no meaning with image.centre'],
  ])('is refused by name with %j', (image, fault) => {
    expect(faultOf(cardWith(image))).toContain(fault);
  });

  it.each<[Fields, string]>([
    [{ input: { kind: 'image', sampleRate: 16_000 } }, 'input.sampleRate is not a field of the card of an image model'],
    [{ input: { kind: 'image', maxPixels: 1e9 } }, 'input.maxPixels must be at most 100000000'],
    [{ input: { kind: 'image', background: 'red' } }, 'input.background must be white or black or none'],
    [{ features: {} }, 'features is not a field of the card of an image model'],
    [{ samples: {} }, 'samples is not a field of the card of an image model'],
    [{ output: { labels: ['0', '1'], segments: {} } }, 'output.segments has no meaning for images'],
  ])('is refused with what belongs to recordings, or is out of range: %j', (others, fault) => {
    expect(faultOf(cardWith({}, others))).toContain(fault);
  });

  it('is missing its image section by name', () => {
    expect(faultOf(stringify({ ...digits, image: undefined }))).toBe('image is missing');
  });

  it('is no card of recordings', () => {
    expect(() => parseAudioCard(stringify(digits))).toThrow('input.kind must be audio');
  });
});
