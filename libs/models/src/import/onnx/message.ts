import { refusal } from '../../errors.js';
import { fieldsOf, type Field } from './wire.js';

/** Each takes a hundred times the two bytes that it may have in the file. */
const maxFields = 2 ** 20;

/** A message with its fields by number. Those that may be there once are refused if they are there twice. */
export class Message {
  readonly #fields = new Map<number, Field[]>();

  /** @param what for messages: whose fields these are */
  constructor(
    bytes: Uint8Array,
    readonly what: string,
  ) {
    let count = 0;
    for (const field of fieldsOf(bytes)) {
      if (++count > maxFields) throw refusal(`${what} has more than ${maxFields} fields`);
      const known = this.#fields.get(field.number);
      if (known) known.push(field);
      else this.#fields.set(field.number, [field]);
    }
  }

  has(number: number): boolean {
    return this.#fields.has(number);
  }

  all(number: number): readonly Field[] {
    return this.#fields.get(number) ?? [];
  }

  /** Of text or messages, as bytes. */
  list(number: number): Uint8Array[] {
    return this.all(number).map((field) => (field.wire === 'bytes' ? field.bytes : this.#refuse(number)));
  }

  one(number: number): Uint8Array | undefined {
    const [first, ...more] = this.list(number);
    return more.length === 0 ? first : this.#refuse(number);
  }

  text(number: number): string {
    return toText(this.one(number));
  }

  texts(number: number): string[] {
    return this.list(number).map(toText);
  }

  /** A signed number of 64 bits; too large for a double's whole numbers is infinite. */
  integer(number: number): number | undefined {
    const [first, ...more] = this.all(number);
    if (first === undefined) return undefined;
    return more.length === 0 && first.wire === 'varint' ? toNumber(first.value) : this.#refuse(number);
  }

  /** In one piece or one by one. */
  integers(number: number): number[] {
    return this.all(number).flatMap((field) => {
      if (field.wire === 'varint') return [toNumber(field.value)];
      return field.wire === 'bytes' ? packed(field.bytes) : this.#refuse(number);
    });
  }

  #refuse(number: number): never {
    throw refusal(`${this.what} is damaged: its field ${number} is not what ONNX has there, or is there twice`);
  }
}

const maxListed = 65_536;

/** Only ever read where few are meant to be. */
function packed(bytes: Uint8Array): number[] {
  if (bytes.length > maxListed) throw refusal(`a list of ${bytes.length} bytes is longer than ONNX files have them`);
  // As fields of a message without their numbers.
  const numbers: number[] = [];
  let value = 0n;
  let shift = 0n;
  for (const byte of bytes) {
    value |= BigInt(byte & 0x7f) << shift;
    shift += 7n;
    if (byte >= 0x80) continue;
    numbers.push(toNumber(BigInt.asUintN(64, value)));
    [value, shift] = [0n, 0n];
  }
  return numbers;
}

function toNumber(value: bigint): number {
  const signed = BigInt.asIntN(64, value);
  const number = Number(signed);
  return Number.isSafeInteger(number) ? number : signed < 0n ? -Infinity : Infinity;
}

const decoder = new TextDecoder();

function toText(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? '' : decoder.decode(bytes);
}
