import { ModelError, refusal } from '../errors.js';
import type { Network, Node, Value } from './graph.js';
import type { Operation } from './operations.js';
import { outputShape } from './output-shape.js';
import { shapeText, valueCount } from './tensor.js';

/** Values that a node may give for one input: 64 MiB of them. */
const maxValues = 2 ** 24;

/** Collects the nodes of a network; shapes and names are its concern. */
export class NetworkBuilder {
  readonly #inputs: Value[] = [];
  readonly #nodes: Node[] = [];
  readonly #taken = new Set<string>();

  /** @param shape without the batch axis */
  input(name: string, shape: readonly number[]): Value {
    this.#requireModestSize(name, shape);
    const value = { name: this.#newName(name), shape };
    this.#inputs.push(value);
    return value;
  }

  /**
   * Applies an operation.
   *
   * @param layer as the file names it
   * @throws ModelError, naming the layer, if it cannot be applied to `inputs`
   */
  add(layer: string, operation: Operation, ...inputs: readonly Value[]): Value {
    const shape = this.#shapeOf(layer, operation, inputs);
    this.#requireModestSize(layer, shape);
    const node: Node = {
      name: this.#newName(layer),
      shape,
      layer,
      operation,
      inputs: inputs.map(({ name }) => name),
    };
    this.#nodes.push(node);
    return node;
  }

  /**
   * The network that gives `outputs`. Nodes that none of them needs are left out.
   *
   * @param outputs by their names, in order
   */
  finish(outputs: ReadonlyMap<string, Value>): Network {
    const needed = new Set([...outputs.values()].map(({ name }) => name));
    for (const node of this.#nodes.toReversed())
      if (needed.has(node.name)) for (const input of node.inputs) needed.add(input);
    return {
      inputs: this.#inputs,
      outputs: [...outputs].map(([name, { name: node, shape }]) => ({ name, node, shape })),
      nodes: this.#nodes.filter(({ name }) => needed.has(name)),
    };
  }

  #shapeOf(layer: string, operation: Operation, inputs: readonly Value[]): readonly number[] {
    try {
      return outputShape(
        operation,
        inputs.map(({ shape }) => shape),
      );
    } catch (error) {
      if (error instanceof ModelError) throw refusal(`layer ${layer}: ${error.message}`, error);
      throw error;
    }
  }

  #requireModestSize(layer: string, shape: readonly number[]): void {
    if (valueCount(shape) <= maxValues) return;
    throw refusal(`layer ${layer}: it gives ${shapeText(shape)} values for one input; ${maxValues} are supported`);
  }

  /** A layer of several nodes gives its own name to the first. */
  #newName(layer: string): string {
    let name = layer;
    for (let count = 2; this.#taken.has(name); count++) name = `${layer}/${count}`;
    this.#taken.add(name);
    return name;
  }
}
