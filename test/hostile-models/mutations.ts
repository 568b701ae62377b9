import type { Random } from '../../libs/models/test-support/networks/random.js';

type Mutate = (bytes: Uint8Array, random: Random) => Uint8Array;

/** More often near the start, where a file says what it is. */
function placeIn(bytes: Uint8Array, random: Random): number {
  const most = random.chance(0.5) ? Math.min(bytes.length, 4096) : bytes.length;
  return random.whole(0, Math.max(0, most - 1));
}

const flipBits: Mutate = (bytes, random) => {
  const copy = Uint8Array.from(bytes);
  for (let count = random.whole(1, 8); count > 0; count--) copy[placeIn(bytes, random)]! ^= 1 << random.whole(0, 7);
  return copy;
};

const truncate: Mutate = (bytes, random) => bytes.slice(0, random.whole(0, bytes.length - 1));

const insert: Mutate = (bytes, random) => {
  const at = placeIn(bytes, random);
  const more = Uint8Array.from({ length: random.whole(1, 16) }, () => random.whole(0, 255));
  return Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)]);
};

const remove: Mutate = (bytes, random) => {
  const at = placeIn(bytes, random);
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random.whole(1, 64))]);
};

/** Whatever length or size stands there, as 32 or 64 bits or as a varint. */
const blowUp: Mutate = (bytes, random) => {
  const copy = Buffer.from(bytes);
  const claim = random.pick([
    'ffffffff',
    'ffffff7f',
    '00000080',
    '00000040',
    'ffffffffffffff7f',
    '0000000001000000',
    'ffffffff0f',
    '00000000',
  ]);
  copy.set(Buffer.from(claim, 'hex').subarray(0, copy.length), Math.max(0, placeIn(bytes, random) - 8));
  return copy.subarray(0, bytes.length);
};

/** Numbers written in text, such as sizes and names, with the same number of digits. */
const changeDigits: Mutate = (bytes, random) => {
  const copy = Uint8Array.from(bytes);
  for (let tries = 200, changed = 0; tries > 0 && changed < 3; tries--) {
    const at = random.whole(0, copy.length - 1);
    if (copy[at]! < 0x30 || copy[at]! > 0x39) continue;
    copy[at] = random.pick([...'0123456789-'].map((digit) => digit.charCodeAt(0)));
    changed++;
  }
  return copy;
};

const copyWithin: Mutate = (bytes, random) => {
  const copy = Uint8Array.from(bytes);
  const from = random.whole(0, bytes.length - 1);
  return copy.copyWithin(placeIn(bytes, random), from, from + random.whole(1, 512));
};

const ofBytes: Record<string, Mutate> = { flipBits, truncate, insert, remove, blowUp, changeDigits, copyWithin };

/** Damages a file in one of many ways. */
export function mutateBytes(bytes: Uint8Array, random: Random): { how: string; bytes: Uint8Array } {
  const [how, mutate] = random.pick(Object.entries(ofBytes));
  return { how, bytes: mutate(bytes, random) };
}

const odd: unknown[] = [
  -1,
  0,
  1.5,
  1e308,
  2 ** 31,
  2 ** 53,
  1e9,
  null,
  true,
  '',
  'x',
  '__proto__',
  [],
  {},
  [[]],
  [-1, -1],
  '9'.repeat(400),
];

/** Replaces, removes or repeats values of a JSON, which stays JSON. */
export function mutateJson(text: string, random: Random): string {
  const root = { root: JSON.parse(text) as unknown };
  for (let count = random.whole(1, 3); count > 0; count--) changeSomewhere(root, random);
  return JSON.stringify(root.root);
}

function changeSomewhere(root: object, random: Random): void {
  const places: [holder: Record<string, unknown>, key: string][] = [];
  const collect = (holder: object) => {
    for (const [key, value] of Object.entries(holder)) {
      places.push([holder as Record<string, unknown>, key]);
      if (typeof value === 'object' && value !== null) collect(value as object);
    }
  };
  collect(root);
  const [holder, key] = random.pick(places);
  const [other, otherKey] = random.pick(places);
  const value = holder[key];
  if (random.chance(0.2) && typeof value === 'number') holder[key] = value + random.pick([-1, 1]);
  else if (random.chance(0.4)) holder[key] = random.pick(odd);
  // Not what holds the place itself, which would be a circle.
  else if (random.chance(0.5)) holder[key] = structuredClone(other[otherKey]);
  else if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}
