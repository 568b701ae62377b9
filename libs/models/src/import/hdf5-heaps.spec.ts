import { describe, expect, it } from '@jest/globals';

import { requireSoundHeaps } from './hdf5-heaps.js';

const signature = [...'\u0089HDF\r\n\u001a\n'].map((character) => character.charCodeAt(0));

/** An object of a collection: its number, where 0 is what is free, and the length that it claims. */
type Claimed = [number: number, length: bigint];

/** The start of an HDF5 file, and collections of texts that lie one after the other. */
function file(...collections: Claimed[][]): Uint8Array {
  const superblock = Buffer.from([...signature, 0, 0, 0, 0, 0, 8, 8, 0]);
  return Buffer.concat([superblock, ...collections.map((objects) => collection(objects))]);
}

function collection(objects: Claimed[], bytes = 256n): Buffer {
  const heap = Buffer.alloc(256);
  heap.write('GCOL\u0001', 'latin1');
  heap.writeBigUInt64LE(bytes, 8);
  let at = 16;
  for (const [number, length] of objects) {
    heap.writeUInt16LE(number, at);
    heap.writeBigUInt64LE(length, at + 8);
    at += number === 0 ? 0 : 16 + Math.ceil(Number(length % 256n) / 8) * 8;
  }
  return heap;
}

const damaged = 'is damaged: the texts that it keeps at byte';

describe('the texts that an HDF5 file keeps', () => {
  it.each<[string, Uint8Array]>([
    ['none', file()],
    [
      'with room left',
      file([
        [1, 5n],
        [0, 216n],
      ]),
    ],
    ['that fill their collection', file([[1, 224n]])],
    ['with too little room left for a head', file([[1, 216n]])],
    [
      'of two collections',
      file(
        [
          [1, 5n],
          [2, 8n],
          [0, 192n],
        ],
        [[0, 240n]],
      ),
    ],
    ['with four letters among the weights', Buffer.concat([file(), Buffer.from('GCOL, as it happens')])],
  ])('are sound: %s', (_, bytes) => {
    expect(() => requireSoundHeaps(bytes)).not.toThrow();
  });

  it.each<[string, Uint8Array]>([
    [
      'nothing is free, which the library reads for ever',
      file([
        [1, 5n],
        [0, 0n],
      ]),
    ],
    ['a text is longer than its collection', file([[1, 225n]])],
    ['a length that is negative in 32 bits', file([[1, 0xffff_ffe8n]])],
    ['a length that no file has', file([[1, 2n ** 64n - 1n]])],
    ['more is free than there is', file([[0, 241n]])],
    ['a collection is larger than the file', Buffer.concat([file(), collection([], 300n)])],
    ['a collection is cut off', file([]).subarray(0, 28)],
    ['the second is damaged', file([[0, 240n]], [[0, 1n]])],
  ])('are refused where %s', (_, bytes) => {
    expect(() => requireSoundHeaps(bytes)).toThrow(damaged);
  });

  it('are refused where collections overlap, before they are read again and again', () => {
    // Each text is the head of a collection whose texts are this one's rest and all that follow.
    const nested = Buffer.alloc(48 * 20_000);
    for (let at = 0; at < nested.length; at += 48) {
      nested.writeUInt16LE(1, at);
      nested.writeUInt8(32, at + 8);
      nested.write('GCOL\u0001', at + 16, 'latin1');
      nested.writeBigUInt64LE(BigInt(nested.length - at - 16), at + 24);
      nested.writeUInt16LE(1, at + 32);
    }
    const last = Buffer.concat([file(), nested.subarray(-96)]);
    expect(() => requireSoundHeaps(last)).not.toThrow();
    expect(() => requireSoundHeaps(Buffer.concat([file(), nested]))).toThrow(damaged);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['another file', Buffer.from('PK\u0003\u0004')],
    ['lengths of four bytes', Buffer.from([...signature, 0, 0, 0, 0, 0, 8, 4, 0])],
    ['lengths of four bytes, as later versions have them', Buffer.from([...signature, 2, 8, 4, 0])],
  ])('are not looked for in %s', (_, bytes) => {
    expect(() => requireSoundHeaps(bytes)).toThrow('cannot be read as HDF5');
  });
});
