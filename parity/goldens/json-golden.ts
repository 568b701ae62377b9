import { readFile } from 'node:fs/promises';
import { z } from 'zod';

import type { Golden, GoldenTensor } from '../parity-case.js';
import { readNumbers } from './numbers.js';

const tensorSchema = z.looseObject({
  shape: z.array(z.int().min(0)),
  dtype: z.string().default('float32'),
  /** Little-endian bytes in Base64. */
  data_b64: z.string().optional(),
  /** Or the numbers themselves, in lists as deep as there are axes or in one. */
  data: z.array(z.unknown()).optional(),
});
const tensorsSchema = z
  .union([z.array(tensorSchema), z.record(z.string(), tensorSchema)])
  .transform((tensors) => Object.values(tensors));
const goldenSchema = z.looseObject({ inputs: tensorsSchema, outputs: tensorsSchema });

/** The path of the model that a golden was made with, below the folder `models`; undefined if it names none. */
export async function goldenModel(path: string): Promise<string | undefined> {
  try {
    const { model } = JSON.parse(await readFile(path, 'utf8')) as { model?: unknown };
    return typeof model === 'string' ? model.replace(/^models\//, '') : undefined;
  } catch {
    return undefined;
  }
}

/** Inputs and outputs in a file of JSON. */
export async function readJsonGolden(path: string): Promise<Golden> {
  const { inputs, outputs } = goldenSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  return { inputs: inputs.map(toTensor), outputs: outputs.map(toTensor) };
}

function toTensor({ shape, dtype, data_b64: base64, data }: z.infer<typeof tensorSchema>): GoldenTensor {
  if (base64 !== undefined) return { shape, data: readNumbers(Buffer.from(base64, 'base64'), dtype) };
  const numbers = (data ?? []).flat(Infinity);
  return { shape, data: Float32Array.from(numbers, Number) };
}
