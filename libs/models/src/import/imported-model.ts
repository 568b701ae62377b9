import type { Network, Value } from '../network/graph.js';

/** What an importer makes of a file whose layers it knows one by one. */
export interface ImportedNetwork {
  format: 'keras-hdf5' | 'keras' | 'tfjs-layers' | 'tfjs-graph';
  /** How many layers, or operations of a graph, the file has. */
  layers: number;
  network: Network;
}

/** An ONNX file, checked; ONNX Runtime takes it as it is. */
export interface ImportedOnnx {
  format: 'onnx';
  layers: number;
  onnx: Uint8Array;
  /** Without the batch axis, in the file's own layout. */
  inputs: readonly Value[];
  outputs: readonly Value[];
  /** Its first axis: any number of inputs, or always so many. */
  rows: 'any' | number;
}

export type ImportedModel = ImportedNetwork | ImportedOnnx;

/** What the one who imports knows of the input beforehand. */
export interface ImportHints {
  /** The shape of one input, as the card makes it: sizes for axes that the file leaves free. Without it they are refused. */
  inputShape?: readonly number[];
}
