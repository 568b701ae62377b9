import { describe, expect, it } from '@jest/globals';

import { ModelError } from '../errors.js';
import { parseTopology } from './keras-topology.js';

/** A layer of a functional model that takes the outputs of others. */
function layer(name: string, ...sources: string[]) {
  const inbound_nodes = sources.length > 0 ? [sources.map((source) => [source, 0, 0, {}])] : [];
  return { class_name: 'Dense', name, config: { name }, inbound_nodes };
}

function functional(layers: object[], inputs = ['a'], outputs = ['c']) {
  const reference = (name: string) => [name, 0, 0];
  return {
    class_name: 'Functional',
    config: { name: 'm', layers, input_layers: inputs.map(reference), output_layers: outputs.map(reference) },
  };
}

/** Calls the layer `a` with an argument. */
const called = { ...layer('c'), inbound_nodes: [[['a', 0, 0, { training: true }]]] };

const names = (topology: unknown) => parseTopology(topology).map(({ name }) => name);

describe('parseTopology', () => {
  it('takes the layers of a sequential model in their order, listed in either way', () => {
    const layers = [layer('b'), layer('a')];
    expect(names({ class_name: 'Sequential', config: { name: 'm', layers } })).toEqual(['b', 'a']);
    expect(names({ class_name: 'Sequential', config: layers })).toEqual(['b', 'a']);
  });

  it('puts a functional chain in order, however it is listed', () => {
    expect(names(functional([layer('c', 'b'), layer('a'), layer('b', 'a')]))).toEqual(['a', 'b', 'c']);
  });

  it.each([
    ['two sources', functional([layer('a'), layer('b', 'a'), layer('c', 'a', 'b')]), 'layer c: it does not take one earlier layer'],
    ['arguments of a call', functional([layer('a'), called]), 'layer c: it does not take one earlier layer'],
    ['two inputs', functional([layer('a'), layer('c', 'a')], ['a', 'b']), 'the model has 2 inputs'],
    ['two outputs', functional([layer('a'), layer('c', 'a')], ['a'], ['a', 'c']), 'the model has 2 outputs'],
    ['a side branch', functional([layer('a'), layer('c', 'a'), layer('d', 'a')]), 'layer d is not between'],
    ['a missing layer', functional([layer('a'), layer('c', 'b')]), 'do not form a chain at b'],
    ['a circle', functional([layer('a'), layer('b', 'c'), layer('c', 'b')]), 'do not form a chain at c'],
    ['two layers of one name', functional([layer('a'), layer('b', 'a'), layer('b', 'a'), layer('c', 'b')]), 'two layers are named b'],
    [
      'two layers of one name in a sequence',
      { class_name: 'Sequential', config: [layer('a'), layer('a')] },
      'two layers are named a',
    ],
    [
      'a layer without a name',
      { class_name: 'Sequential', config: [{ class_name: 'Dense', config: {} }] },
      'as Keras 2',
    ],
    ['something else', ['Sequential'], 'is not as Keras 2 writes it'],
  ])('refuses %s', (_, topology, message) => {
    expect(() => parseTopology(topology)).toThrow(ModelError);
    expect(() => parseTopology(topology)).toThrow(message);
  });
});
