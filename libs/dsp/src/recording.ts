/** Decoded audio, as its file holds it. */
export interface Recording {
  /** Samples per second of each channel, in hertz; at least 1. */
  sampleRate: number;
  /** How many channels are interleaved in `samples`; at least 1. */
  channels: number;
  /** Frame by frame, one value per channel: `channels` times the number of frames. Integer formats lie in [-1, 1). */
  samples: Float32Array;
}

/** One channel of a recording. */
export interface Mono {
  /** Samples per second, in hertz; at least 1. */
  sampleRate: number;
  samples: Float32Array;
}
