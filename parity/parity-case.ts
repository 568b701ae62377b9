/** Numbers of a golden, whatever file they came from, as 32-bit floats. */
export interface GoldenTensor {
  /** With the batch axis. */
  shape: readonly number[];
  data: Float32Array;
}

/** What a reference computed with a network. Several tensors are in the network's order. */
export interface Golden {
  inputs: readonly GoldenTensor[];
  outputs: readonly GoldenTensor[];
}

/** Where a golden is. Paths are absolute. */
export type GoldenSource =
  | { kind: 'json'; path: string }
  | { kind: 'hdf5'; path: string }
  | { kind: 'npy'; inputs: readonly string[]; outputs: readonly string[] }
  | { kind: 'onnx-test'; inputs: readonly string[]; outputs: readonly string[] };

/** One model file, and what it is compared with. */
export interface ParityCase {
  /** Relative to the folder. */
  file: string;
  path: string;
  /** The JSON of the topology beside a file that holds weights alone. */
  topology?: string;
  goldens: readonly { source: GoldenSource; tolerance: number }[];
}

/** What became of a case. */
export interface ParityLine {
  file: string;
  format?: string;
  layers?: number;
  goldens: number;
  /** How many of the goldens the network agrees with. */
  within: number;
  result: 'within' | 'differs' | 'refused' | 'failed' | 'imported';
  /** Largest |difference| of an output, over all goldens. */
  largestDifference?: number;
  tolerance?: number;
  message?: string;
}
