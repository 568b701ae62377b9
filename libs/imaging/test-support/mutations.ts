/**
 * Damaged copies of a file: bytes changed, cut out, doubled or cut off, and numbers made huge. The same for a seed.
 */
export function* mutations(bytes: Uint8Array, { seed, count }: { seed: string; count: number }): Generator<Uint8Array> {
  const below = newDice(seed);
  for (let i = 0; i < count; i++) {
    let copy = Buffer.from(bytes);
    for (let changes = 1 + below(3); changes > 0; changes--) copy = mutate(copy, below);
    yield copy;
  }
}

type Dice = (sides: number) => number;

function mutate(bytes: Buffer<ArrayBuffer>, below: Dice): Buffer<ArrayBuffer> {
  if (bytes.length === 0) return bytes;
  // Half of the damage is done to headers, where it does most.
  const at = below(below(2) === 0 ? Math.min(64, bytes.length) : bytes.length);
  const length = 1 + below(16);
  switch (below(6)) {
    case 0:
      bytes[at]! ^= 1 << below(8);
      return bytes;
    case 1:
      bytes[at] = below(256);
      return bytes;
    case 2:
      bytes.fill(255, at, Math.min(bytes.length, at + 1 + below(4)));
      return bytes;
    case 3:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    case 4:
      return Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
    default:
      return bytes.subarray(0, at);
  }
}

function newDice(seed: string): Dice {
  let state = [...seed].reduce((sum, char) => (Math.imul(sum, 31) + char.charCodeAt(0)) >>> 0, 1);
  return (sides) => {
    // Numerical Recipes' linear congruential generator; its upper bits are the better ones.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}
