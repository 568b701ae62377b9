import type { EngineName } from '#models';

/** What a predicting process is asked, once. */
export interface PredictTask {
  engine: EngineName;
  /** The folder of the model's bundle. */
  bundle: string;
  recording: Uint8Array;
  /** How many inputs a call has: measured for each. */
  groups: readonly number[];
  runs: number;
}

/** What it found out. */
export interface PredictFigures {
  model: string;
  /** The engine with its version and device. */
  engine: string;
  /** Median milliseconds of a call, one for each of the task's `groups`. */
  callMs: number[];
  /** How much of each is not the engine's own; only of ONNX Runtime. */
  addedMs: number[];
}
