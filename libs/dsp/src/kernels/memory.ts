import { newKernels, type Kernels } from './kernels.js';

/** Kernels, and where the parts of their memory lie. */
export interface LaidOut<Part extends string> {
  kernels: Kernels;
  /** Offsets in bytes. */
  at: Record<Part, number>;
  /** The floats at an offset. */
  floats: (this: void, at: number, length: number) => Float32Array;
}

const lineBytes = 64;

/**
 * Kernels over a memory that holds `tables`, then zeros, each part from the start of a line of the processor's cache.
 *
 * @param room bytes of each part that is no table
 */
export function layOut<Table extends string, Room extends string>(
  tables: Record<Table, Float32Array | Uint32Array>,
  room: Record<Room, number>,
): LaidOut<Table | Room> {
  const at = {} as Record<Table | Room, number>;
  let bytes = 0;
  const place = (part: Table | Room, size: number) => {
    at[part] = bytes;
    bytes += lineBytes * Math.ceil(size / lineBytes);
  };
  for (const table of Object.keys(tables) as Table[]) place(table, tables[table].byteLength);
  for (const part of Object.keys(room) as Room[]) place(part, room[part]);
  const kernels = newKernels(bytes);
  const { buffer } = kernels.memory;
  for (const table of Object.keys(tables) as Table[]) {
    const { buffer: from, byteOffset, byteLength } = tables[table];
    new Uint8Array(buffer).set(new Uint8Array(from, byteOffset, byteLength), at[table]);
  }
  return { kernels, at, floats: (start, length) => new Float32Array(buffer, start, length) };
}

/** The next multiple of 4: how many floats there are in whole vectors. */
export function inFours(count: number): number {
  return 4 * Math.ceil(count / 4);
}
