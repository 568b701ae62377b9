import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import type { Tensor } from '../../libs/models/src/network/tensor.js';

/** What Keras predicted with one of the models that `keras/make_references.py` makes. */
export interface KerasReference {
  /** One for each input of the model, with the batch axis. */
  inputs: Tensor[];
  /** By the names of the outputs. */
  outputs: Map<string, Tensor>;
}

/** Rows that the references have been computed for at once. */
export const referenceRows = 2;

/** @param ending which of the two files of the model */
export function readKerasFile(family: string, ending: 'h5' | 'keras'): Uint8Array {
  return unpacked(`${family}.${ending}`);
}

export function readKerasReference(family: string): KerasReference {
  const { inputs, outputs } = JSON.parse(unpacked(`${family}.json`).toString()) as {
    inputs: Encoded[];
    outputs: Record<string, Encoded>;
  };
  return {
    inputs: inputs.map(toTensor),
    outputs: new Map(Object.entries(outputs).map(([name, value]) => [name, toTensor(value)])),
  };
}

interface Encoded {
  shape: number[];
  base64: string;
}

function toTensor({ shape, base64 }: Encoded): Tensor {
  return { shape, data: new Float32Array(Uint8Array.from(Buffer.from(base64, 'base64')).buffer) };
}

function unpacked(file: string): Buffer {
  return gunzipSync(readFileSync(`test/models/keras/${file}.gz`));
}
