import { describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';

import { smallCard } from '../../../../test/models/make-bundle.js';
import { CardError, parseModelCard } from '../card.js';
import { appliedToOutput } from './output-rules.js';

const window = { seconds: 0.1, hop: 0.1 };
const labels = ['bark', 'siren'];

function parse(task: string, output: object, windowed = false) {
  const input = windowed ? { ...smallCard.input, seconds: undefined, short: undefined, window } : smallCard.input;
  return parseModelCard(stringify({ ...smallCard, task, output, input }));
}

const segments = { threshold: 0.5, minSeconds: 1, scores: 'max', ignore: ['bark'] };
const every = { from: 'out', activation: 'softmax', topK: 2, threshold: 0.5, otherwise: 'other', normal: 'bark' };

describe('what a card says of its output', () => {
  it.each<[string, object, boolean]>([
    ['classification', { labels, ...every, segments }, true],
    ['multi-label', { labels, ...every, activation: 'sigmoid', threshold: { siren: 0.9 } }, false],
    ['multi-label', { labels, segments: { minSeconds: 1, ignore: ['bark'] } }, true],
    ['multi-label', { labels: ['siren'] }, false],
    ['anomaly-detection', { threshold: 3.5, error: 'rmse', normal: 'well', anomaly: 'faulty', from: 'out' }, false],
    ['anomaly-detection', { threshold: 0, segments: { scores: 'max' } }, true],
    ['raw', {}, false],
    ['raw', { from: 'embedding' }, false],
  ])('may be of task %s: %j', (task, output, windowed) => {
    expect(parse(task, output, windowed)).toMatchObject({ task, output });
  });

  it.each<[string, object, string]>([
    ['classification', {}, 'output.labels is missing'],
    ['classification', { labels: ['a'] }, 'output.labels must be at least 2 long'],
    ['classification', { labels, error: 'mse' }, 'output.error has no meaning with task classification'],
    ['classification', { labels, otherwise: 'none' }, 'output.otherwise has no meaning without output.threshold'],
    ['classification', { labels, threshold: { bark: 0.5 } }, 'output.threshold must be a single number'],
    ['classification', { labels, threshold: 1.5 }, 'output.threshold must be at most 1'],
    ['classification', { labels, threshold: 'high' }, 'output.threshold must be a number that is at least 0, or a map'],
    ['classification', { labels, topK: 3 }, 'output.topK must be at most 2, the number of labels'],
    ['classification', { labels, topK: 0 }, 'output.topK must be at least 1'],
    ['classification', { labels, activation: 'relu' }, 'output.activation must be softmax or sigmoid'],
    ['multi-label', {}, 'output.labels is missing'],
    ['multi-label', { labels, activation: 'softmax' }, 'output.activation must be sigmoid with task multi-label'],
    ['multi-label', { labels, threshold: { cat: 0.5 } }, 'output.threshold must name only labels of output.labels'],
    ['multi-label', { labels, threshold: { bark: 2 } }, 'output.threshold.bark must be at most 1'],
    ['multi-label', { labels, normal: 'cat' }, 'output.normal must be one of output.labels'],
    ['anomaly-detection', {}, 'output.threshold is missing'],
    ['anomaly-detection', { threshold: -1 }, 'output.threshold must be at least 0'],
    [
      'anomaly-detection',
      { threshold: { bark: 0.5 } },
      'output.threshold must be a number with task anomaly-detection',
    ],
    ['anomaly-detection', { threshold: 1, labels }, 'output.labels has no meaning with task anomaly-detection'],
    ['anomaly-detection', { threshold: 1, error: 'psnr' }, 'output.error must be mse or mae or rmse'],
    ['anomaly-detection', { threshold: 1, normal: 'x', anomaly: 'x' }, 'output.anomaly must differ from output.normal'],
    ['raw', { labels }, 'output.labels has no meaning with task raw'],
    ['raw', { colour: 1 }, 'output.colour is not a field of a model card'],
  ])('is refused for task %s = %j by name', (task, output, fault) => {
    expect(() => parse(task, output)).toThrow(CardError);
    expect(() => parse(task, output)).toThrow(fault);
  });

  it.each<[string, object, string]>([
    ['raw', {}, 'input.window cannot be given with task raw'],
    ['multi-label', { labels, segments }, 'output.segments.threshold has no meaning with task multi-label'],
    [
      'anomaly-detection',
      { threshold: 1, segments },
      'output.segments.ignore has no meaning with task anomaly-detection',
    ],
  ])('is refused for task %s with windows = %j by name', (task, output, fault) => {
    expect(() => parse(task, output, true)).toThrow(fault);
  });
});

describe('what results say was applied', () => {
  it.each<[string, object, object]>([
    ['classification', { labels }, {}],
    ['classification', { labels, threshold: 0.5 }, { threshold: 0.5, otherwise: 'unknown' }],
    [
      'classification',
      { labels, activation: 'softmax', topK: 1, normal: 'bark' },
      { activation: 'softmax', topK: 1, normal: 'bark' },
    ],
    ['multi-label', { labels }, { threshold: 0.5, otherwise: 'none' }],
    ['multi-label', { labels, threshold: { bark: 0.9 } }, { threshold: { bark: 0.9 }, otherwise: 'none' }],
    ['anomaly-detection', { threshold: 2 }, { threshold: 2, error: 'mse', normal: 'normal', anomaly: 'anomaly' }],
    ['raw', { from: 'embedding' }, { from: 'embedding' }],
  ])('for task %s: %j', (task, output, applied) => {
    expect(JSON.parse(JSON.stringify(appliedToOutput(parse(task, output))))).toEqual({ task, ...applied });
  });
});
