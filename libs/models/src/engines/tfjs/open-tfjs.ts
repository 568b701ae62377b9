import type { Tensor as TfTensor } from '@tensorflow/tfjs-core';

import { refusal } from '../../errors.js';
import type { Network, Node } from '../../network/graph.js';
import { emptyRow } from '../empty-row.js';
import type { Engine } from '../engine.js';
import type { Tf } from '../load-tfjs.js';
import { repeatedRows } from './joins.js';
import type { TfOperation } from './tf-operation.js';
import { toTfOperation, type Taken } from './to-tf-operation.js';
import { unsupportedByTfjs } from './unsupported-by-tfjs.js';

/**
 * Opens a network in TensorFlow.js, on whatever backend it has been set to.
 *
 * @param name of the engine
 * @throws ModelError if TensorFlow.js cannot compute it, or not rightly
 */
export function openTfjs(tf: Tf, network: Network, name: string): Engine {
  const fault = unsupportedByTfjs(network);
  if (fault !== undefined) throw refusal(`TensorFlow.js cannot compute the network: ${fault}`);
  const steps = toSteps(tf, network);
  const predict = async (inputs: readonly Float32Array[], rows: number): Promise<Float32Array[]> => {
    const outputs = tf.tidy(() => compute(tf, network, steps, inputs, rows));
    try {
      return (await Promise.all(outputs.map((output) => output.data()))) as Float32Array[];
    } finally {
      tf.dispose(outputs);
    }
  };
  return {
    name,
    predict,
    warmUp: async () => void (await predict(emptyRow(network.inputs.map(({ shape }) => shape)), 1)),
    dispose: () => {
      for (const { weights } of steps) tf.dispose([...weights]);
      return Promise.resolve();
    },
  };
}

interface Step extends TfOperation {
  node: Node;
  /** Values that no later step takes. */
  spent: readonly string[];
}

function toSteps(tf: Tf, { inputs, nodes, outputs }: Network): Step[] {
  const known = new Map<string, Taken>(inputs.map(({ name, shape }) => [name, { shape, constant: false }]));
  const kept = new Set(outputs.map(({ node }) => node));
  const lastUse = new Map(nodes.flatMap((node, index) => node.inputs.map((name) => [name, index])));
  return nodes.map((node, index) => {
    const taken = node.inputs.map((name) => known.get(name)!);
    known.set(node.name, { shape: node.shape, constant: taken.every(({ constant }) => constant) });
    const spent = [...new Set(node.inputs)].filter((name) => lastUse.get(name) === index && !kept.has(name));
    return { ...toTfOperation(tf, node, taken), node, spent };
  });
}

/** In a tidy: what a step leaves behind is freed with it, or, where a later step still takes it, after that one. */
function compute(
  tf: Tf,
  network: Network,
  steps: readonly Step[],
  inputs: readonly Float32Array[],
  rows: number,
): TfTensor[] {
  const values = new Map<string, TfTensor>();
  network.inputs.forEach(({ name, shape }, i) => values.set(name, tf.tensor(inputs[i]!, [rows, ...shape])));
  for (const step of steps) {
    const { node, spent } = step;
    const taken = node.inputs.map((name) => values.get(name)!);
    const value = tf.tidy(() => tf.clone(step.apply(taken)));
    values.set(node.name, value);
    for (const name of spent) values.get(name)!.dispose();
  }
  return network.outputs.map(({ node }) => {
    const value = values.get(node)!;
    return value.shape[0] === rows ? tf.clone(value) : repeatedRows(tf, value, rows);
  });
}
