import type { ByteSource } from '#dsp';

import type { ModelRecord } from './catalog.js';

/** An input as the network takes it. */
export interface PreparedInput {
  /** One row of the network's input: as many values as the shape of `record.network.inputs[0]` multiplies to. */
  tensor: Float32Array;
  /** Milliseconds spent on decoding, and for recordings down-mixing and resampling; not on waiting for bytes. */
  decodeMs: number;
  /** Milliseconds spent on everything after that. */
  featuresMs: number;
  /** Duration of the part that was used, in seconds; 0 for an image. */
  seconds: number;
}

/** A stretch of a recording and what was heard in it. */
export interface Segment {
  /** Seconds from the start of the recording. */
  start: number;
  end: number;
  label: string;
  score: number;
}

/** What a network says of one input, as its card wants it read. */
export interface Prediction {
  /**
   * The label with the highest score, the first of them when several have it; the best that applies; the card's word
   * for the ordinary or for an anomaly. Null for task `raw`.
   */
  label: string | null;
  /** Of `label`, or where none is sure enough the highest; for task `anomaly-detection` the error. */
  score: number | null;
  /**
   * True when `label`, or with windows that of any segment, is not the card's `output.normal`; absent when the card
   * names none.
   */
  anomaly?: boolean;
  /** For task `multi-label`: the labels that apply, best first. */
  labels?: { label: string; score: number }[];
  /** Every label, in the card's order; the best first where the card has `output.topK`. */
  scores: { label: string; score: number }[];
  /**
   * For task `anomaly-detection` with windows: the error of each window, of which the first starts at 0 and each other
   * `input.window.hop` after the one before; null where there was nothing to compute on.
   */
  windowScores?: (number | null)[];
  /** For task `raw`: the network's values, the last axis fastest. */
  tensor?: { shape: number[]; values: number[] };
  /** The recording's used part as one segment, or what was heard in its windows; none for an image. */
  segments: Segment[];
}

/** A prediction, and the milliseconds that each part of it took, as in {@link PreparedInput}. */
export interface TimedPrediction {
  prediction: Prediction;
  decodeMs: number;
  featuresMs: number;
  /** The network's. */
  inferenceMs: number;
}

/** A model in memory, ready to predict. */
export interface LoadedModel {
  readonly record: ModelRecord;
  /** The engine with its version and device, such as `onnxruntime-node 1.30.0 cpu`. */
  readonly engine: string;

  /**
   * An input as the network takes it; of cards without `input.window`. It reads no more than it needs.
   *
   * @param source its bytes; `[bytes]` when they are in memory
   * @throws InputError if they cannot be read, or give nothing to compute on
   */
  prepare(source: ByteSource): Promise<PreparedInput>;

  /**
   * One call of the network for the whole group.
   *
   * @param inputs one to `record.groupLimit`
   * @returns one prediction per input, in the same order
   */
  predict(inputs: readonly PreparedInput[]): Promise<Prediction[]>;

  /**
   * A recording of any length, heard window after window; of cards with `input.window`. Memory is that of a group of
   * windows, and of the segments found.
   *
   * @throws InputError as {@link prepare}, and if there are more than 100,000 segments
   */
  predictWindows(source: ByteSource): Promise<TimedPrediction>;

  /** Frees what the engine holds. The model cannot be used afterwards. */
  dispose(): Promise<void>;
}
