import { g711Table } from '../src/decode/pcm/g711.js';
import type { SampleLayout } from '../src/decode/pcm/sample-layout.js';

/** The samples of `content`, still interleaved, read one by one: what the kernels are compared with. */
export function plainSamples({ encoding, sampleBytes, littleEndian }: SampleLayout, content: Uint8Array): Float32Array {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  return Float32Array.from({ length: content.length / sampleBytes }, (_, i) => {
    const at = i * sampleBytes;
    if (encoding === 'a-law' || encoding === 'mu-law') return g711Table(encoding)[content[at]!]!;
    if (encoding === 'float' && sampleBytes === 4) return view.getFloat32(at, littleEndian);
    if (encoding === 'float') return view.getFloat64(at, littleEndian);
    const bytes = [...content.subarray(at, at + sampleBytes)];
    if (!littleEndian) bytes.reverse();
    // The four highest bytes hold all that a float can.
    const top = bytes
      .slice(-4)
      .reduce((sum, byte, place, { length }) => sum + byte * 2 ** (8 * (4 - length + place)), 0);
    return (encoding === 'unsigned' ? top - 2 ** 31 : top | 0) / 2 ** 31;
  });
}
