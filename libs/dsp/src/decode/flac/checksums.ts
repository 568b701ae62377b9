const table8 = table(8, 0x07);
const table16 = table(16, 0x8005);

/** Polynomial 0x07, over the header of a frame. */
export function crc8(bytes: Uint8Array): number {
  let remainder = 0;
  for (let i = 0; i < bytes.length; i++) remainder = table8[remainder ^ bytes[i]!]!;
  return remainder;
}

/** Polynomial 0x8005, over a whole frame. */
export function crc16(bytes: Uint8Array): number {
  let remainder = 0;
  for (let i = 0; i < bytes.length; i++) {
    remainder = ((remainder << 8) & 0xffff) ^ table16[(remainder >> 8) ^ bytes[i]!]!;
  }
  return remainder;
}

function table(width: 8 | 16, polynomial: number): Uint16Array {
  const top = 1 << (width - 1);
  return Uint16Array.from({ length: 256 }, (_, byte) => {
    let remainder = byte << (width - 8);
    for (let bit = 0; bit < 8; bit++) remainder = (remainder << 1) ^ (remainder & top ? polynomial : 0);
    return remainder & ((1 << width) - 1);
  });
}
