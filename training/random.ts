/** Numbers that depend on nothing but the seed, so that a training can be repeated. */
export interface Random {
  /** Uniform within [low, high). */
  between(low: number, high: number): number;
  /** One of `values`, which must not be empty. */
  pick<T>(values: readonly T[]): T;
  /** Of mean 0 and standard deviation 1. */
  normal(): number;
}

/** Mulberry32: 32 bits of state, a period of 2^32. */
export function newRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    between: (low, high) => low + (high - low) * next(),
    pick: (values) => values[Math.floor(next() * values.length)]!,
    // Box and Muller's transform; 1 - next() is never 0, whose logarithm is infinite.
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}

/** The values in an order of their own, by Fisher and Yates; `values` is left as it is. */
export function shuffled<T>(values: readonly T[], random: Random): T[] {
  const result = [...values];
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(random.between(0, last + 1));
    [result[last], result[other]] = [result[other]!, result[last]!];
  }
  return result;
}
