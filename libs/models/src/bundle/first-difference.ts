import type { Engine } from '../engines/engine.js';
import { applyOperation } from '../evaluate/apply-operation.js';
import type { Batch } from '../evaluate/batch.js';
import type { Network, Node } from '../network/graph.js';
import { valueCount } from '../network/tensor.js';

/**
 * The first layer that an engine computes wrongly from what it has itself computed before, in words: layer, operation
 * and both values. Undefined if each layer alone is right, within 1e-5 of its largest value.
 *
 * @param engine whose outputs are the values of all nodes of the network, in order
 */
export async function firstDifference(
  network: Network,
  engine: Engine,
  inputs: readonly Float32Array[],
  rows: number,
): Promise<string | undefined> {
  const values = new Map<string, Batch>();
  network.inputs.forEach(({ name, shape }, i) => values.set(name, { shape, rows, constant: false, data: inputs[i]! }));
  const served = await engine.predict(inputs, rows);
  for (const [i, node] of network.nodes.entries()) {
    const right = applyOperation(
      node,
      node.inputs.map((name) => values.get(name)!),
    );
    const fault = right.constant ? undefined : wrongValue(node, served[i]!, right.data);
    if (fault !== undefined) return fault;
    values.set(node.name, right.constant ? right : { ...right, data: served[i]! });
  }
  return undefined;
}

function wrongValue({ layer, operation, shape }: Node, actual: Float32Array, right: Float32Array): string | undefined {
  const what = `layer ${layer} (${operation.kind})`;
  if (actual.length !== right.length)
    return `${what}: it gives ${actual.length} values where ${right.length} are right`;
  const largest = right.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const index = right.findIndex((value, i) => !(Math.abs(actual[i]! - value) <= 1e-5 * (1 + largest)));
  if (index < 0) return undefined;
  const place = `value ${(index % valueCount(shape)) + 1} of row ${Math.floor(index / valueCount(shape)) + 1}`;
  return `${what}: it gives ${actual[index]} where ${right[index]} is right (${place})`;
}
