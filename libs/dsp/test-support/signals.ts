/** A sine of amplitude `amplitude`, starting at 0. */
export function sine(hz: number, sampleRate: number, samples: number, amplitude = 0.5): Float32Array {
  return Float32Array.from({ length: samples }, (_, i) => amplitude * Math.sin((2 * Math.PI * hz * i) / sampleRate));
}

/** Numbers in [0, 1) that are the same for every run (D. Lehmer's generator, multiplier 48271). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** White noise in [-0.5, 0.5), the same for the same seed. */
export function noise(samples: number, seed = 1): Float32Array {
  const random = seeded(seed);
  return Float32Array.from({ length: samples }, () => random() - 0.5);
}
