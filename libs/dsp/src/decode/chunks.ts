import { SignalError } from '../signal-error.js';
import type { ByteReader } from './byte-reader.js';

/** A chunk of a RIFF or AIFF file, whose content the reader stands at the start of. */
export interface Chunk {
  /** Four characters, such as `fmt `. */
  id: string;
  /** Where it starts: its header, of eight bytes. */
  at: number;
  /** What its header says that its content takes. */
  size: number;
}

/** Far more than any recorder writes. A file of nothing but empty chunks would take long to pass over. */
const mostChunks = 1000;

/**
 * The chunks of a file, to its end. What is not read of one is passed over, with the byte of padding that follows a
 * chunk of odd size.
 *
 * @throws SignalError that starts with `format` at the thousandth chunk
 */
export async function* chunks(reader: ByteReader, format: string, littleEndian: boolean): AsyncGenerator<Chunk, void> {
  for (let count = 0; count < mostChunks; count++) {
    const at = reader.position;
    const header = await reader.read(8);
    if (header.length < 8) return;
    const id = String.fromCharCode(...header.subarray(0, 4));
    const size = viewOf(header).getUint32(4, littleEndian);
    yield { id, at, size };
    await reader.skip(at + 8 + size + (size % 2) - reader.position);
  }
  throw new SignalError(`${format}: the first ${mostChunks} chunks, up to byte ${reader.position}, hold no samples`);
}

/** The bytes, to be read as numbers. */
export function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
