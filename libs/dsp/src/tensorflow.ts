import type { MfccSpec } from './mfcc.js';
import type { LogMelSpec } from './mel/log-mel.js';
import type { FrameSpec } from './spectrum/frames.js';

/** What front ends for speech commands in TensorFlow are told. */
export interface TensorflowSpec {
  /** Hertz. */
  sampleRate: number;
  /** Default 30. */
  windowMs?: number;
  /** Milliseconds from one frame to the next. Default 10. */
  strideMs?: number;
  /** Number of bands. Default 40. */
  mels?: number;
  /** Lower edge of the lowest band. Default 20. */
  lowestHz?: number;
  /** Upper edge of the highest band. Default 4000. */
  highestHz?: number;
}

/**
 * What {@link spectrogram} is to be told for `tf.abs(tf.signal.stft(samples, windowLength, hop))`. The guide to simple
 * audio recognition takes 255 and 128.
 */
export function tensorflowSpectrogram(windowLength: number, hop: number): FrameSpec {
  // tf.signal.hann_window makes no difference between periodic and symmetric where the length is odd.
  return { ...tensorflowFrames(windowLength, hop), windowSymmetric: windowLength % 2 === 1 };
}

/**
 * What {@link logMelSpectrogram} is to be told for the log-mel features of TensorFlow's guides: `log(x + offset)` of
 * `tf.signal.linear_to_mel_weight_matrix` over the magnitudes of `tf.signal.stft`.
 *
 * @param spec.offset what is added to each band. Default 1e-6.
 */
export function tensorflowLogMel(spec: TensorflowSpec & { offset?: number }): LogMelSpec {
  const bands = tensorflowBands(spec);
  return {
    ...bands,
    ...tensorflowSpectrogram(bands.windowLength, bands.hop),
    logarithm: { kind: 'ln', offset: spec.offset ?? 1e-6 },
  };
}

/**
 * What {@link mfcc} is to be told for the coefficients of tensorflow/examples/speech_commands:
 * `tf.raw_ops.AudioSpectrogram(magnitude_squared=True)`, then `tf.raw_ops.Mfcc`.
 *
 * @param spec.coefficients default 13, as that of the op; the example itself takes 40, or 10
 */
export function tensorflowMfcc(spec: TensorflowSpec & { coefficients?: number }): MfccSpec {
  const bands = tensorflowBands(spec);
  return {
    ...bands,
    lowestBin: Math.floor(1.5 + (bands.lowestHz * bands.fft) / bands.sampleRate),
    logarithm: { kind: 'ln', least: 1e-12 },
    dctNorm: 'htk',
    coefficients: spec.coefficients ?? 13,
  };
}

/** Triangles that are straight in mel, and not scaled. */
function tensorflowBands(spec: TensorflowSpec) {
  const { sampleRate, windowMs = 30, strideMs = 10, mels = 40, lowestHz = 20, highestHz = 4000 } = spec;
  const [windowLength, hop] = [windowMs, strideMs].map((ms) => Math.floor((sampleRate * ms) / 1000)) as [
    number,
    number,
  ];
  return {
    ...tensorflowFrames(windowLength, hop),
    ...{ sampleRate, mels, lowestHz, highestHz },
    ...({ melScale: 'htk', melNorm: 'none', melSlopes: 'mel' } as const),
  };
}

/** Magnitudes of frames at the start of a transform whose length is the next power of two. */
function tensorflowFrames(windowLength: number, hop: number) {
  const fft = 2 ** Math.ceil(Math.log2(windowLength));
  return { fft, hop, windowLength, windowAt: 'start', centered: false, power: 1 } as const;
}
