type Reader = readonly [bytes: number, read: (view: DataView, at: number, little: boolean) => number];

/** By NumPy's names of types. */
const readers = new Map<string, Reader>([
  ['float32', [4, (view, at, little) => view.getFloat32(at, little)]],
  ['float64', [8, (view, at, little) => view.getFloat64(at, little)]],
  ['int8', [1, (view, at) => view.getInt8(at)]],
  ['int16', [2, (view, at, little) => view.getInt16(at, little)]],
  ['int32', [4, (view, at, little) => view.getInt32(at, little)]],
  ['int64', [8, (view, at, little) => Number(view.getBigInt64(at, little))]],
  ['uint8', [1, (view, at) => view.getUint8(at)]],
  ['uint16', [2, (view, at, little) => view.getUint16(at, little)]],
  ['uint32', [4, (view, at, little) => view.getUint32(at, little)]],
  ['bool', [1, (view, at) => view.getUint8(at)]],
]);

/**
 * Numbers of any type as 32-bit floats.
 *
 * @param bytes one number after the other
 * @param type NumPy's name of it
 */
export function readNumbers(bytes: Uint8Array, type: string, little = true): Float32Array {
  const reader = readers.get(type);
  if (!reader) throw new Error(`numbers of type ${type} cannot be read`);
  const [size, read] = reader;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => read(view, i * size, little));
}
