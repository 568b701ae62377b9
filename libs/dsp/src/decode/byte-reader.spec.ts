import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ByteReader } from './byte-reader.js';

const numbers = (length: number, first = 0) => Uint8Array.from({ length }, (_, index) => first + index);

async function* asynchronously(pieces: Uint8Array[]) {
  for (const piece of pieces) {
    await Promise.resolve();
    yield piece;
  }
}

describe('ByteReader', () => {
  it('gives the same bytes however the source is cut and whatever is asked for', async () => {
    const cuts = fc.array(fc.nat(20), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(cuts, fc.array(fc.nat(30), { maxLength: 30 }), fc.boolean(), async (lengths, asked, later) => {
        let length = 0;
        const pieces = lengths.map((some) => numbers(some, (length += some) - some));
        const reader = new ByteReader(later ? asynchronously(pieces) : pieces);
        for (const wanted of asked) {
          const start = reader.position;
          const expected = numbers(Math.min(wanted, length - start), start);
          expect(await reader.peek(wanted)).toEqual(expected);
          expect(await reader.read(wanted)).toEqual(expected);
          expect(reader.position).toBe(start + expected.length);
        }
      }),
    );
  });

  it('passes over bytes, to the end at most', async () => {
    const reader = new ByteReader([numbers(5), numbers(5, 5)]);
    expect(await reader.skip(7)).toBe(7);
    expect(await reader.readSome(100)).toEqual(numbers(3, 7));
    expect(await reader.skip(4_000_000_000)).toBe(0);
    expect(await reader.readSome(1)).toHaveLength(0);
  });

  it('does not copy what lies in one piece', async () => {
    const piece = numbers(10);
    const reader = new ByteReader([piece]);
    expect((await reader.read(4)).buffer).toBe(piece.buffer);
    expect((await reader.readSome(4)).buffer).toBe(piece.buffer);
  });

  it('closes a source that is not read to its end', async () => {
    let closed = false;
    async function* source() {
      try {
        yield* asynchronously([numbers(1), numbers(1)]);
      } finally {
        closed = true;
      }
    }
    const reader = new ByteReader(source());
    await reader.read(1);
    await reader.close();
    expect(closed).toBe(true);
  });
});
