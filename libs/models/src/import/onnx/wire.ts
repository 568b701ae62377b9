import { refusal } from '../../errors.js';

/** A field of a message in Protocol Buffers' wire format. Bytes are not copied. */
export type Field =
  | { number: number; wire: 'varint'; value: bigint }
  | { number: number; wire: 'fixed32' | 'fixed64' | 'bytes'; bytes: Uint8Array };

/**
 * The fields of a message, in their order. Nothing is allocated for what a header claims: a length that the bytes do
 * not have ends the reading.
 *
 * @throws ModelError if the bytes are no message
 */
export function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  let at = 0;
  const take = (length: number) => {
    if (!(length <= bytes.length - at)) throw damaged();
    return bytes.subarray(at, (at += length));
  };
  while (at < bytes.length) {
    const [key, afterKey] = varintAt(bytes, at);
    at = afterKey;
    const number = Number(key >> 3n);
    if (number === 0 || key > 0xffff_ffffn) throw damaged();
    switch (Number(key & 7n)) {
      case 0: {
        const [value, next] = varintAt(bytes, at);
        at = next;
        yield { number, wire: 'varint', value };
        break;
      }
      case 1:
        yield { number, wire: 'fixed64', bytes: take(8) };
        break;
      case 2: {
        const [length, next] = varintAt(bytes, at);
        at = next;
        yield { number, wire: 'bytes', bytes: take(Number(length)) };
        break;
      }
      case 5:
        yield { number, wire: 'fixed32', bytes: take(4) };
        break;
      default:
        throw damaged();
    }
  }
}

/** How many numbers a list of varints has: each ends with a byte below 128. */
export function varintCount(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (byte < 0x80) count++;
  return count;
}

/** A number of 64 bits, and where the next field begins. */
function varintAt(bytes: Uint8Array, start: number): [bigint, number] {
  // Nearly all are below 2^28, and bigints are slow.
  let small = 0;
  for (let at = start; at < start + 4; at++) {
    const byte = bytes[at];
    if (byte === undefined) throw damaged();
    small |= (byte & 0x7f) << (7 * (at - start));
    if (byte < 0x80) return [BigInt(small), at + 1];
  }
  let value = BigInt(small);
  for (let at = start + 4; at < start + 10; at++) {
    const byte = bytes[at];
    if (byte === undefined) throw damaged();
    value |= BigInt(byte & 0x7f) << BigInt(7 * (at - start));
    if (byte < 0x80) return [BigInt.asUintN(64, value), at + 1];
  }
  throw damaged();
}

function damaged() {
  return refusal('the ONNX file cannot be read; it may be damaged');
}
