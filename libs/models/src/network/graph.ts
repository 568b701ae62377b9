import type { Operation } from './operations.js';

/** A value that flows between nodes: its name, and its shape without the batch axis, channels last. */
export interface Value {
  name: string;
  shape: readonly number[];
}

/** An operation and what it is applied to. The value that it gives has the node's name and shape. */
export interface Node<O extends Operation = Operation> extends Value {
  /** The layer it came from, as the file names it: what messages speak of. */
  layer: string;
  operation: O;
  /** Names of inputs of the network and of earlier nodes. */
  inputs: readonly string[];
}

/** What a network gives. Its name is that of the layer it came from, or what the file calls it. */
export interface Output extends Value {
  /** The node, or the input of the network, whose value it is. */
  node: string;
}

/**
 * A checked network, whatever file it came from: importers make it, the ONNX writer and the reference engines read it.
 * What only matters in training is gone. Every shape is known and every value is a 32-bit float.
 */
export interface Network {
  inputs: readonly Value[];
  outputs: readonly Output[];
  /** Each after those it takes from. */
  nodes: readonly Node[];
}
