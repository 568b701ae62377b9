import { refusal } from '../../errors.js';
import { shapeText, valueCount } from '../../network/tensor.js';
import { joinedShards } from '../shards.js';
import type { WeightEntry, WeightsGroup } from './graph-def.js';
import { knownFloats, knownIntegers, type Known } from './graph-value.js';

type Shards = ReadonlyMap<string, Uint8Array>;

/**
 * The constants of a graph by their node's name.
 *
 * @throws ModelError if a file is missing or of the wrong length, or a weight is of a type that is not supported
 */
export function readWeights(manifest: readonly WeightsGroup[], shards: Shards): Map<string, Known> {
  const weights = new Map<string, Known>();
  for (const group of manifest)
    for (const [name, value] of readGroup(group, shards)) {
      if (weights.has(name)) throw refusal(`model.json: the weight ${name} is there twice`);
      weights.set(name, value);
    }
  return weights;
}

/** The weights of a group lie one after the other in its files. */
function readGroup({ paths, weights }: WeightsGroup, shards: Shards): [string, Known][] {
  const bytes = joinedShards(paths, shards);
  const sizes = weights.map((weight) => valueCount(weight.shape) * bytesPerValue(weight));
  const described = sizes.reduce((sum, size) => sum + size, 0);
  if (described !== bytes.length)
    throw refusal(
      `the weights in ${paths.join(', ')} are ${bytes.length} bytes long, and model.json describes ${described}`,
    );
  let offset = 0;
  return weights.map((weight, index) => {
    const slice = bytes.subarray(offset, (offset += sizes[index]!));
    return [weight.name, toKnown(weight, slice)];
  });
}

function storedType({ dtype, quantization }: WeightEntry): string {
  return quantization?.dtype ?? dtype;
}

function bytesPerValue(weight: WeightEntry): number {
  const bytes = { float32: 4, int32: 4, bool: 1, uint8: 1, uint16: 2, float16: 2 }[storedType(weight)];
  const quantised = weight.quantization !== undefined;
  const supported = quantised ? ['float32', 'int32'] : ['float32', 'int32', 'bool'];
  if (bytes !== undefined && supported.includes(weight.dtype)) return bytes;
  const stored = quantised ? `, stored as ${storedType(weight)}` : '';
  throw refusal(`the weight ${weight.name} is of type ${weight.dtype}${stored}, which is not supported`);
}

function toKnown(weight: WeightEntry, bytes: Buffer): Known {
  const { shape, dtype } = weight;
  const values = dequantised(weight, storedValues(weight, bytes));
  if (dtype === 'float32') return knownFloats(shape, Float32Array.from(values));
  return knownIntegers(shape, values, dtype === 'bool' ? 'bool' : 'int32');
}

function storedValues(weight: WeightEntry, bytes: Buffer): number[] {
  const type = storedType(weight);
  const size = bytesPerValue(weight);
  return Array.from({ length: bytes.length / size }, (_, index) => {
    const at = index * size;
    if (type === 'float32') return bytes.readFloatLE(at);
    if (type === 'int32') return bytes.readInt32LE(at);
    return type === 'float16' ? halfToNumber(bytes.readUInt16LE(at)) : bytes.readUIntLE(at, size);
  });
}

/** As TensorFlow.js restores them: in double precision, then rounded to the weight's own type. */
function dequantised({ name, dtype, quantization, shape }: WeightEntry, stored: number[]): number[] {
  if (quantization === undefined) return stored;
  const { dtype: type, scale, min } = quantization;
  if (type === 'float16' && dtype === 'float32') return stored;
  if ((type !== 'uint8' && type !== 'uint16') || scale === undefined || min === undefined)
    throw refusal(`the weight ${name} (${shapeText(shape)}) is quantised as ${type}, without what restores it`);
  const restored = stored.map((value) => value * scale + min);
  return dtype === 'int32' ? restored.map((value) => Math.round(value)) : restored;
}

/** IEEE 754 binary16. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
