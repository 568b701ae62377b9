import type { ErrorCode } from '#jobs';
import type { Prediction } from '#models';
import type { ModelRecord } from '#models/catalog';
import type { EngineName } from '#models/engine-names';

/**
 * What a check process does: the one message that it takes. Files and folders are paths; `store` is a folder that plays
 * the object store, so that nothing is registered anywhere.
 */
export type CheckRequest =
  | { type: 'unpack'; archive: string; into: string }
  | { type: 'register'; folder: string; store: string }
  | ({ type: 'measure' } & MeasureRequest);

export interface MeasureRequest {
  store: string;
  model: { name: string; version: string };
  engine: EngineName;
  /** Recordings or images. */
  inputs: string[];
}

/** What it says, in this order; the last is `done` or `refused`. */
export type CheckReply =
  | { type: 'registered'; record: ModelRecord; milliseconds: number }
  | LoadedReply
  | InputReply
  | { type: 'done' }
  | { type: 'refused'; code: ErrorCode; detail: string; cause?: string };

export interface LoadedReply {
  type: 'loaded';
  engine: string;
  loadMs: number;
  /** The network alone, warm, on one input of noise: the median. */
  networkMs: number;
  /** Resident memory that the model added to a process in which the engine was there already. */
  addedBytes: number;
}

/** One input: what was predicted, with the medians of what each part took, or why nothing was. */
export type InputReply = { type: 'input'; file: string } & (
  | { prediction: Prediction; runs: number; decodeMs: number; featuresMs: number; networkMs: number; totalMs: number }
  | { failure: { code: ErrorCode; detail: string } }
);
