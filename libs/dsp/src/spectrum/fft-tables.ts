/** What the kernels of a real transform of `size` samples read: a complex one of half the length, then its two parts. */
export interface FftTables {
  /** Cosine and sine of one, two and three times the angle of each butterfly, pass by pass. */
  twiddles: Float32Array;
  /** Cosine and sine for each bin that tells the spectra of even and odd samples apart. */
  turns: Float32Array;
  /** Where each element of the complex transform lies, in bytes. */
  order: Uint32Array;
}

const elementBytes = 32;

/** @param size a power of two, at least 4 */
export function fftTables(size: number): FftTables {
  const half = size / 2;
  const twiddles: number[] = [];
  for (let length = half; length > 4; length /= 4) {
    for (let butterfly = 0; butterfly < length / 4; butterfly++) {
      for (const times of [1, 2, 3]) twiddles.push(...turn((times * butterfly) / length));
    }
  }
  const turns = Array.from({ length: half / 2 + 1 }, (_, bin) => turn(bin / size));
  const order = Uint32Array.from({ length: half }, (_, element) => elementBytes * place(element, half));
  return { twiddles: Float32Array.from(twiddles), turns: Float32Array.from(turns.flat()), order };
}

/** Cosine and sine of a part of a whole turn. What is 0 is exactly so: a residue would make numbers needlessly small. */
function turn(part: number): [cos: number, sin: number] {
  const angle = 2 * Math.PI * part;
  const exact = (value: number) => (Math.abs(value) < 1e-12 ? 0 : value);
  return [exact(Math.cos(angle)), exact(Math.sin(angle))];
}

/** The digits of an element's number in base 4, read backwards; where `size` is no power of 4, the last is in base 2. */
function place(element: number, size: number): number {
  let [index, rest, span] = [0, element, size];
  for (; span >= 4; rest = Math.floor(rest / 4)) {
    span /= 4;
    index += (rest % 4) * span;
  }
  return index + rest;
}
