import fc from 'fast-check';
import { ByteReader } from '../src/decode/byte-reader.js';
import { crc16, crc8 } from '../src/decode/flac/checksums.js';
import { changedPages } from './ogg-file.js';
import { joined } from './wav-file.js';

/** One change to a file; places and lengths are parts of its length. */
export interface Mutation {
  kind: 'flip' | 'overwrite' | 'zeros' | 'ones' | 'huge' | 'cut' | 'insert' | 'duplicate' | 'remove';
  /** 0 to 1. */
  place: number;
  /** Most changes are to be made to headers, which lie at the start. */
  isNearStart: boolean;
  length: number;
  seed: number;
}

/** Small changes come more often: a file that is wrong in one place only is followed further. */
const kinds = {
  flip: 8,
  overwrite: 4,
  zeros: 4,
  ones: 4,
  huge: 2,
  cut: 1,
  insert: 1,
  duplicate: 1,
  remove: 1,
} as const;
const headerBytes = 200;

/** Without fast-check's bias, which would change the first byte most of the time. */
export const mutationArbitrary: fc.Arbitrary<Mutation> = fc.noBias(
  fc.record({
    kind: fc.oneof(
      ...Object.entries(kinds).map(([kind, weight]) => ({ arbitrary: fc.constant(kind as Mutation['kind']), weight })),
    ),
    place: fc.integer({ min: 0, max: 2 ** 24 - 1 }).map((place) => place / 2 ** 24),
    isNearStart: fc.integer({ min: 0, max: 3 }).map((chance) => chance === 0),
    length: fc.integer({ min: 1, max: 200 }),
    seed: fc.nat(255),
  }),
);

/** A copy of the file, changed. */
export function mutated(file: Uint8Array, { kind, place, isNearStart, length, seed }: Mutation): Uint8Array {
  const at = Math.floor(place * (isNearStart ? Math.min(file.length, headerBytes) : file.length));
  const [before, rest] = [file.slice(0, at), file.slice(at)];
  const stretch = rest.subarray(0, length);
  const small = rest.subarray(0, 1 + (length % 8));
  switch (kind) {
    case 'flip':
      if (rest.length > 0) rest[0]! ^= 1 << (seed % 8);
      return joined([before, rest]);
    case 'overwrite':
      return joined([before, stretch.map((_, i) => (i + 1) * (seed + 77) * 31), rest.subarray(stretch.length)]);
    case 'zeros':
      return joined([before, small.fill(0), rest.subarray(small.length)]);
    case 'ones':
      return joined([before, small.fill(0xff), rest.subarray(small.length)]);
    case 'huge':
      return joined([before, Uint8Array.of(0x7f, 0xff, 0xff, 0x7f).subarray(0, rest.length), rest.subarray(4)]);
    case 'cut':
      return before;
    case 'insert':
      return joined([before, new Uint8Array(length).fill(seed), rest]);
    case 'duplicate':
      return joined([before, stretch, stretch, rest]);
    case 'remove':
      return joined([before, rest.subarray(length)]);
  }
}

/** Checksums keep most changes from the decoders; here they are made right for what is there now. */
export async function withRightChecksums(file: Uint8Array): Promise<Uint8Array> {
  const start = String.fromCharCode(...file.subarray(0, 4));
  if (start === 'OggS') return changedPages(file, () => {});
  return start === 'fLaC' ? flacWithRightChecksums(file) : file;
}

/** Frames are taken to lie between two bytes of `ff f8`, which is so in the recordings of this repository. */
async function flacWithRightChecksums(file: Uint8Array): Promise<Uint8Array> {
  const copy = file.slice();
  const reader = new ByteReader([copy]);
  await reader.skip(4);
  for (let header = Uint8Array.of(0, 0, 0, 0), isFirst = true; isFirst || header[0]! < 0x80; isFirst = false) {
    header = new Uint8Array(await reader.read(4));
    if (header.length < 4) return copy;
    await reader.skip(header[1]! * 2 ** 16 + header[2]! * 2 ** 8 + header[3]!);
  }
  const starts = [];
  for (let at = reader.position; at < copy.length; at++) {
    if (copy[at] === 0xff && copy[at + 1] === 0xf8) starts.push(at);
  }
  for (const [index, start] of starts.entries()) {
    const frame = copy.subarray(start, starts[index + 1]);
    const lengthBytes = { 6: 1, 7: 2 }[frame[2]! >> 4] ?? 0;
    const rateBytes = { 12: 1, 13: 2, 14: 2 }[frame[2]! & 15] ?? 0;
    const checked = 5 + Math.max(0, Math.clz32(~(frame[4]! << 24)) - 1) + lengthBytes + rateBytes;
    if (frame.length < checked + 3) continue;
    frame[checked] = crc8(frame.subarray(0, checked));
    const checksum = crc16(frame.subarray(0, -2));
    frame.set([checksum >> 8, checksum & 255], frame.length - 2);
  }
  return copy;
}
