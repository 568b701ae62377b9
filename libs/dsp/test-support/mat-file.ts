import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';

/** A variable of a MATLAB file. Characters are numbers, too: their codes. */
export interface MatVariable {
  rows: number;
  columns: number;
  /** Column after column. */
  real: number[];
  /** Empty unless the variable is complex. */
  imaginary: number[];
}

interface Element {
  type: number;
  content: Buffer;
}

const headerBytes = 128;
const [matrix, compressed] = [14, 15];

/** The real and complex arrays of a MAT file of level 5 (MATLAB 5 to 7.2, little-endian), by name. */
export function readMatFile(path: string): Record<string, MatVariable> {
  const variables: Record<string, MatVariable> = {};
  for (const element of elements(readFileSync(path).subarray(headerBytes))) {
    const [outer] = element.type === compressed ? elements(inflateSync(element.content)) : [element];
    if (outer?.type !== matrix) throw new Error(`${path}: an element of type ${outer?.type} is not supported`);
    const [, dimensions, name, real, imaginary] = elements(outer.content);
    const [rows = 0, columns = 0] = numbers(dimensions);
    variables[name!.content.toString('latin1')] = { rows, columns, real: numbers(real), imaginary: numbers(imaginary) };
  }
  return variables;
}

/** An element is its type and size, four bytes each, and its content; up to four bytes of content share the tag. */
function elements(bytes: Buffer): Element[] {
  const found: Element[] = [];
  for (let at = 0; at + 8 <= bytes.length;) {
    const tag = bytes.readUInt32LE(at);
    const isSmall = tag > 0xffff;
    const size = isSmall ? tag >>> 16 : bytes.readUInt32LE(at + 4);
    const start = at + (isSmall ? 4 : 8);
    found.push({ type: tag & 0xffff, content: bytes.subarray(start, start + size) });
    at = isSmall ? at + 8 : start + (tag === compressed ? size : 8 * Math.ceil(size / 8));
  }
  return found;
}

/** Size in bytes and reader of each numeric type. MATLAB stores whole numbers in the smallest that holds them. */
const readers: Record<number, [number, (bytes: Buffer, offset: number) => number]> = {
  1: [1, (bytes, offset) => bytes.readInt8(offset)],
  2: [1, (bytes, offset) => bytes.readUInt8(offset)],
  3: [2, (bytes, offset) => bytes.readInt16LE(offset)],
  4: [2, (bytes, offset) => bytes.readUInt16LE(offset)],
  5: [4, (bytes, offset) => bytes.readInt32LE(offset)],
  6: [4, (bytes, offset) => bytes.readUInt32LE(offset)],
  7: [4, (bytes, offset) => bytes.readFloatLE(offset)],
  9: [8, (bytes, offset) => bytes.readDoubleLE(offset)],
  16: [1, (bytes, offset) => bytes.readUInt8(offset)],
};

function numbers(element: Element | undefined): number[] {
  if (!element) return [];
  const reader = readers[element.type];
  if (!reader) throw new Error(`numbers of type ${element.type} are not supported`);
  const [size, read] = reader;
  return Array.from({ length: element.content.length / size }, (_, index) => read(element.content, index * size));
}
