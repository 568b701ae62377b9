import { refusal } from '../../errors.js';
import { Message } from './message.js';
import { varintCount } from './wire.js';

/** ONNX's types of tensors by number: name, bytes of each value, and the field that holds them if not `raw_data`. */
const types = new Map<number, { name: string; bytes: number; field: number }>([
  [1, { name: 'float32', bytes: 4, field: 4 }],
  [2, { name: 'uint8', bytes: 1, field: 5 }],
  [3, { name: 'int8', bytes: 1, field: 5 }],
  [4, { name: 'uint16', bytes: 2, field: 5 }],
  [5, { name: 'int16', bytes: 2, field: 5 }],
  [6, { name: 'int32', bytes: 4, field: 5 }],
  [7, { name: 'int64', bytes: 8, field: 7 }],
  [8, { name: 'string', bytes: NaN, field: 6 }],
  [9, { name: 'bool', bytes: 1, field: 5 }],
  [10, { name: 'float16', bytes: 2, field: 5 }],
  [11, { name: 'float64', bytes: 8, field: 10 }],
  [12, { name: 'uint32', bytes: 4, field: 11 }],
  [13, { name: 'uint64', bytes: 8, field: 11 }],
  [16, { name: 'bfloat16', bytes: 2, field: 5 }],
]);
export const float32 = 1;

export function typeName(number: number): string {
  return types.get(number)?.name ?? `number ${number} of ONNX's types`;
}

const rawData = 9;
const dataFields = [4, 5, 6, 7, rawData, 10, 11];

/**
 * Checks that a tensor holds as many values as its shape says, in the file itself. Its values are left alone.
 *
 * @returns its name
 * @throws ModelError if not, or its values lie elsewhere
 */
export function checkTensor(bytes: Uint8Array, owner: string): string {
  const tensor = new Message(bytes, owner);
  const name = tensor.text(8);
  const what = `${owner}${name === '' ? '' : ` ${name}`}`;
  if (tensor.has(13) || (tensor.integer(14) ?? 0) !== 0)
    throw refusal(
      `${what}: its values lie in another file (external data), which is not supported; save the model as one file (onnx.save with save_as_external_data=False)`,
    );
  if (tensor.has(3)) throw refusal(`${what}: it is a segment of a tensor, which is not supported`);
  const number = tensor.integer(2) ?? 0;
  const type = types.get(number);
  if (!type) throw refusal(`${what}: it is of ${typeName(number)}, which is not supported`);
  const dims = tensor.integers(1);
  const claimed = dims.reduce((product, size) => product * size, 1);
  const held = dataFields.filter((field) => tensor.has(field));
  const raw = held.includes(rawData) && type.name !== 'string';
  const count = raw ? tensor.one(rawData)!.length / type.bytes : heldValues(tensor, type);
  const stray = held.filter((field) => field !== (raw ? rawData : type.field));
  if (dims.some((size) => !(size >= 0)) || count !== claimed || stray.length > 0)
    throw refusal(`${what}: its shape is ${dims.join(' x ')} of ${type.name}, and it holds ${count} values`);
  return name;
}

function heldValues(tensor: Message, { name, bytes, field }: { name: string; bytes: number; field: number }): number {
  const packed = name === 'float32' || name === 'float64' ? (list: Uint8Array) => list.length / bytes : varintCount;
  return tensor
    .all(field)
    .map((part) => (name !== 'string' && part.wire === 'bytes' ? packed(part.bytes) : 1))
    .reduce((sum, count) => sum + count, 0);
}
