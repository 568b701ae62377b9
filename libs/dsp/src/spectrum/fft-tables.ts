/** A pass that splits a transform into an odd number of parts, with the places of its tables in {@link FftTables.odd}. */
export interface OddPass {
  radix: number;
  /** Elements from one part to the next. */
  step: number;
  angles: number;
  twiddles: number;
}

/** What the kernels of a real transform read: those of a complex one of half the length, then of its two parts. */
export interface FftTables {
  tables: {
    odd: Float32Array;
    /** Cosine and sine of one, two and three times the angle of each butterfly, pass by pass. */
    twiddles: Float32Array;
    /** Cosine and sine for each bin, to tell the spectra of even and odd samples apart. */
    turns: Float32Array;
    /** Where each element of the complex transform lies, in bytes. */
    order: Uint32Array;
  };
  oddPasses: readonly OddPass[];
  /** What the odd passes leave: a power of two. */
  evenSize: number;
}

const elementBytes = 32;

/** @param size samples, an even number */
export function fftTables(size: number): FftTables {
  const half = size / 2;
  const { odd, oddPasses, evenSize } = oddTables(half);
  const twiddles: number[] = [];
  for (let length = evenSize; length > 4; length /= 4) {
    for (let butterfly = 0; butterfly < length / 4; butterfly++) {
      for (const times of [1, 2, 3]) twiddles.push(...turn((times * butterfly) / length));
    }
  }
  const turns = Array.from({ length: Math.floor(half / 2) + 1 }, (_, bin) => turn(bin / size));
  const factors = radices(half);
  const order = Uint32Array.from({ length: half }, (_, element) => elementBytes * place(element, half, factors));
  const tables = { odd, twiddles: Float32Array.from(twiddles), turns: Float32Array.from(turns.flat()), order };
  return { tables, oddPasses, evenSize };
}

/** The factors of a complex transform in the order of its passes: odd primes, fours, and a two if one is left. */
export function radices(size: number): number[] {
  const factors: number[] = [];
  let rest = size;
  for (let odd = 3; odd <= rest; odd += 2) {
    for (; rest % odd === 0; rest /= odd) factors.push(odd);
  }
  for (; rest % 4 === 0; rest /= 4) factors.push(4);
  return rest > 1 ? [...factors, rest] : factors;
}

function oddTables(size: number) {
  const odd: number[] = [];
  const oddPasses: OddPass[] = [];
  let length = size;
  for (const radix of radices(size).filter((factor) => factor % 2 === 1)) {
    const [step, angles] = [length / radix, odd.length];
    for (let output = 1; output < radix / 2; output++) {
      for (let input = 1; input < radix / 2; input++) odd.push(...turn(((output * input) % radix) / radix));
    }
    const twiddles = odd.length;
    for (let part = 0; part < step; part++) {
      for (let times = 1; times < radix; times++) odd.push(...turn((times * part) / length));
    }
    oddPasses.push({ radix, step, angles, twiddles });
    length = step;
  }
  return { odd: Float32Array.from(odd), oddPasses, evenSize: length };
}

/** Cosine and sine of a part of a whole turn. What is 0 is exactly so: a residue would make numbers needlessly small. */
function turn(part: number): [cos: number, sin: number] {
  const angle = 2 * Math.PI * part;
  const exact = (value: number) => (Math.abs(value) < 1e-12 ? 0 : value);
  return [exact(Math.cos(angle)), exact(Math.sin(angle))];
}

/** Each pass leaves its outputs as far apart as its inputs were: the digits of an element's number, read backwards. */
function place(element: number, size: number, factors: readonly number[]): number {
  let [index, rest, span] = [0, element, size];
  for (const factor of factors) {
    span /= factor;
    index += (rest % factor) * span;
    rest = Math.floor(rest / factor);
  }
  return index;
}
