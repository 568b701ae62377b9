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

/** Three sines and noise, rising from silence. */
export function chord(samples: number, sampleRate = 16_000): Float32Array {
  const tones = [
    [0.3, 220],
    [0.2, 1130],
    [0.1, 3100],
  ] as const;
  return noise(samples).map((value, i) => {
    const sum = tones.reduce((total, [level, hz]) => total + level * Math.sin((2 * Math.PI * hz * i) / sampleRate), 0);
    return ((sum + 0.02 * value) * i) / samples;
  });
}
