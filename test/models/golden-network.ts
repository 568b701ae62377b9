import { readFileSync } from 'node:fs';

import { referenceData } from '../reference-data.js';

/** What a reference implementation computed with a network. */
export interface GoldenNetwork {
  /** The weights file, below the reference data's `models`. */
  model: string;
  rows: number;
  /** Without the batch axis. */
  inputShape: readonly number[];
  inputs: Float32Array;
  outputs: Float32Array;
}

/** @param name of a file of reference outputs, without its extension */
export function readGolden(name: string): GoldenNetwork {
  const text = readFileSync(referenceData(`golden/models/${name}.json`), 'utf8');
  const { model, inputs, outputs } = JSON.parse(text) as Record<'inputs' | 'outputs', GoldenTensor[]> & {
    model: string;
  };
  const [input, output] = [inputs[0]!, outputs[0]!];
  return {
    model,
    rows: input.shape[0]!,
    inputShape: input.shape.slice(1),
    inputs: toFloats(input),
    outputs: toFloats(output),
  };
}

/** The bytes of a file below the reference data's `models`. */
export function readWeightsFile(model: string): Uint8Array {
  return readFileSync(referenceData('models', model));
}

interface GoldenTensor {
  shape: number[];
  data_b64: string;
}

function toFloats({ data_b64 }: GoldenTensor): Float32Array {
  return new Float32Array(Uint8Array.from(Buffer.from(data_b64, 'base64')).buffer);
}
