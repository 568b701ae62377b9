import { readFile } from 'node:fs/promises';

import type { GoldenTensor } from '../parity-case.js';
import { readNumbers } from './numbers.js';

const names: Record<string, string> = { f: 'float', i: 'int', u: 'uint', b: 'bool' };

/** An array as `numpy.save` writes it, in row-major order. */
export async function readNpy(path: string): Promise<GoldenTensor> {
  const bytes = await readFile(path);
  if (bytes.toString('latin1', 0, 6) !== '\x93NUMPY') throw new Error(`${path} is no array of NumPy`);
  const wide = bytes[6]! >= 2;
  const start = wide ? 12 : 10;
  const end = start + (wide ? bytes.readUInt32LE(8) : bytes.readUInt16LE(8));
  const header = bytes.toString('latin1', start, end);
  const [, order, kind, size] = /'descr': *'([<>|=])([fiub])(\d+)'/.exec(header) ?? [];
  const [, sizes] = /'shape': *\(([^)]*)\)/.exec(header) ?? [];
  if (kind === undefined || sizes === undefined) throw new Error(`${path} holds no plain numbers`);
  const shape = sizes.split(',').flatMap((text) => (text.trim() === '' ? [] : [Number(text)]));
  const oneAxis = shape.filter((one) => one !== 1).length < 2;
  if (/'fortran_order': *True/.test(header) && !oneAxis) throw new Error(`${path} is in column-major order`);
  const type = kind === 'b' ? 'bool' : `${names[kind]}${Number(size) * 8}`;
  return { shape, data: readNumbers(bytes.subarray(end), type, order !== '>') };
}
