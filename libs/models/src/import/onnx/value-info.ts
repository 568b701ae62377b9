import { refusal } from '../../errors.js';
import { Message } from './message.js';
import { float32, typeName } from './tensors.js';

/** What goes into a graph or comes out of it. */
export interface ValueInfo {
  name: string;
  /** With the batch axis; undefined where any size is taken. The whole is undefined if not even its rank is told. */
  sizes: readonly (number | undefined)[] | undefined;
}

/**
 * @param role `input` or `output`
 * @throws ModelError if it is not of 32-bit floats
 */
export function readValueInfo(bytes: Uint8Array, role: 'input' | 'output'): ValueInfo {
  const info = new Message(bytes, `an ${role}`);
  const what = `the ${role} ${info.text(1)}`;
  const type = new Message(info.one(2) ?? new Uint8Array(), what);
  const tensor = type.one(1);
  if (tensor === undefined) throw refusal(`${what} is no tensor, which is not supported`);
  const { elementType, shape } = readTensorType(new Message(tensor, what));
  if (elementType !== float32)
    throw refusal(
      `${what} is of type ${typeName(elementType)}; 32-bit floats are supported: export the model with them, or let a Cast be the ${role === 'input' ? 'first' : 'last'} node`,
    );
  return { name: info.text(1), sizes: shape && shape.list(1).map((dim) => sizeOf(new Message(dim, what))) };
}

function readTensorType(tensor: Message) {
  const shape = tensor.one(2);
  return { elementType: tensor.integer(1) ?? 0, shape: shape && new Message(shape, tensor.what) };
}

/** A size, or the name of one that may be any. */
function sizeOf(dim: Message): number | undefined {
  const size = dim.integer(1);
  // Exporters write what may be any size as 0 or -1, too.
  return size === undefined || size <= 0 ? undefined : size;
}
