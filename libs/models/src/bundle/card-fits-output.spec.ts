import { describe, expect, it } from '@jest/globals';

import type { CardOutput, Task } from '../card/output.js';
import { ModelError } from '../errors.js';
import type { Value } from '../network/graph.js';
import { requireCardFitsOutput } from './card-fits-output.js';

const input = { name: 'input', shape: [40, 433, 1] };

function fit(task: Task, output: CardOutput, shape: number[], inputs: Value[] = [input]): void {
  requireCardFitsOutput({ task, output }, { inputs, outputs: [{ name: 'out', shape }] });
}

const [two, three] = [
  ['a', 'b'],
  ['a', 'b', 'c'],
].map((labels) => ({ labels })) as [CardOutput, CardOutput];

describe('a card fits', () => {
  it.each<[string, Task, CardOutput, number[]]>([
    ['as many values as labels', 'classification', three, [3]],
    ['axes of size 1 besides', 'classification', three, [1, 1, 3]],
    ['a single value of two labels', 'classification', { ...two, activation: 'sigmoid' }, [1]],
    ['a single value without an axis', 'classification', two, []],
    ['as many values as labels that may all apply', 'multi-label', three, [3]],
    ['a single label that may apply', 'multi-label', { labels: ['a'] }, [1]],
    ['an output like the input', 'anomaly-detection', { threshold: 1 }, [40, 433, 1]],
    ['an output like the input, but for axes of size 1', 'anomaly-detection', { threshold: 1 }, [40, 433]],
    ['any output as it is', 'raw', {}, [1000, 1000]],
  ])('%s', (_, task, output, shape) => {
    expect(() => fit(task, output, shape)).not.toThrow();
  });
});

describe('a card is refused', () => {
  it.each<[string, Task, CardOutput, number[], string]>([
    ['too few labels', 'classification', two, [3], 'the card has 2 labels, and the network gives 3 values'],
    ['a map of labels', 'classification', three, [3, 3], 'the card has 3 labels, and the network gives 3 x 3 values'],
    ['labels laid out in two axes', 'classification', { labels: ['a', 'b', 'c', 'd'] }, [2, 2], 'gives 2 x 2 values'],
    ['a single value of three labels', 'classification', three, [1], 'the card has 3 labels, and the network gives 1'],
    ['softmax of one value', 'classification', { ...two, activation: 'softmax' }, [1], 'output.activation is sigmoid'],
    ['a single value of two labels that may both apply', 'multi-label', two, [1], 'the card has 2 labels'],
    [
      'an output unlike the input',
      'anomaly-detection',
      { threshold: 1 },
      [433, 40],
      'takes 40 x 433 x 1 and gives 433',
    ],
    ['more values than a result holds', 'raw', {}, [1000, 1001], 'at most 1000000 are served'],
  ])('for %s', (_, task, output, shape, message) => {
    expect(() => fit(task, output, shape)).toThrow(ModelError);
    expect(() => fit(task, output, shape)).toThrow(message);
  });

  it('for comparing an output with one of several inputs', () => {
    expect(() => fit('anomaly-detection', { threshold: 1 }, [3], [input, input])).toThrow('the network has 2');
  });

  it('for not saying which of several outputs is read, or naming one that is not there', () => {
    const outputs = [
      { name: 'embedding', shape: [64] },
      { name: 'class', shape: [3] },
    ];
    const fitOne = (from?: string) =>
      requireCardFitsOutput({ task: 'classification', output: { ...three, from } }, { inputs: [input], outputs });
    expect(() => fitOne()).toThrow('has 2 outputs: output.from in the card must name one of embedding, class');
    expect(() => fitOne('other')).toThrow(
      'no output other, which output.from in the card names; it has embedding, class',
    );
    expect(() => fitOne('embedding')).toThrow('the network gives 64 values');
    expect(() => fitOne('class')).not.toThrow();
  });
});
