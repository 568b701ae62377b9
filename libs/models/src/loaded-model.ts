import type { ModelRecord } from './catalog.js';

/** An input as the network takes it. */
export interface PreparedInput {
  /** One row of the network's input: as many values as `record.inputShape` multiplies to. */
  tensor: Float32Array;
  /** Milliseconds spent on reading the bytes: decoding, and for recordings down-mixing and resampling. */
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

/** What a network says of one input. */
export interface Prediction {
  /** The label with the highest score; the first of them when several have it. */
  label: string;
  score: number;
  /** True when `label` is not the card's `output.normal`; absent when the card names none. */
  anomaly?: boolean;
  /** Every label, in the card's order. */
  scores: { label: string; score: number }[];
  /** The recording's used part as one segment; none for an image. */
  segments: Segment[];
}

/** A model in memory, ready to predict. */
export interface LoadedModel {
  readonly record: ModelRecord;
  /** The engine with its version and device, such as `onnxruntime-node 1.30.0 cpu`. */
  readonly engine: string;

  /**
   * An input's bytes as the network takes them.
   *
   * @throws InputError if they cannot be read, or give nothing to compute on
   */
  prepare(bytes: Uint8Array): PreparedInput;

  /**
   * One call of the network for the whole group.
   *
   * @param inputs one to `record.groupLimit`
   * @returns one prediction per input, in the same order
   */
  predict(inputs: readonly PreparedInput[]): Promise<Prediction[]>;

  /** Frees what the engine holds. The model cannot be used afterwards. */
  dispose(): Promise<void>;
}
