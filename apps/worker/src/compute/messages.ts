import type { ErrorCode, ReadyPayload, Outcome, StoreSettings } from '#jobs';
import type { EngineName } from '#models/engine-names';

/**
 * What the coordinator and a compute process say to each other. One request is under way at a time; the child answers
 * each with one reply of the same `type`. Bytes and tensors never travel: the child reads and writes the object store.
 */
export interface ComputeRequests {
  /** The first request of every child. */
  setup: { request: ComputeSetup; reply: Record<never, never> };
  /** Makes sure that the engine can compute on this machine. */
  engine: { request: { engine: EngineName }; reply: EngineReply };
  register: { request: RegisterRequest; reply: RegisterReply };
  /** Predicts the inputs of a group, all of one model. */
  predict: { request: PredictRequest; reply: { results: AttemptResult[] } };
}
export type ComputeRequestType = keyof ComputeRequests;
export type ComputeRequest = {
  [T in ComputeRequestType]: { type: T } & ComputeRequests[T]['request'];
}[ComputeRequestType];
export type ComputeReply = { [T in ComputeRequestType]: { type: T } & ComputeRequests[T]['reply'] }[ComputeRequestType];

export interface ComputeSetup {
  /** Where the object store is, as in EARSHOT_STORE and the EARSHOT_S3_* settings. */
  store: StoreSettings;
  engine: EngineName;
  /** The process whose end is also the child's. */
  coordinatorPid: number;
  /** What the models in memory may take; the one in use stays whatever it takes. */
  modelMemoryBytes: number;
  /** The child ends itself when it holds more resident memory. */
  memoryLimitBytes: number;
  /** Earshot's own version, for provenance. */
  version: string;
}

/** Registers the bundle in a folder. */
export interface RegisterRequest {
  folder: string;
  /** Where a bundle comes from that is still to be unpacked into the folder, which is empty. */
  archive?: string;
  /** What the card must be of. Default: whatever it says. */
  expected?: { name: string; version: string };
}

/** `engine` with its version and device, or what is missing. */
export type EngineReply = { ok: true; engine: string } | { ok: false; code: ErrorCode; detail: string };

export type RegisterReply =
  | { ok: true; name: string; version: string; digest: string; queue: string; created: boolean }
  | { ok: false; code: ErrorCode; detail: string };

export interface PredictRequest {
  model: { name: string; version: string; digest: string };
  attempts: Attempt[];
}

/** One run of one job. */
export interface Attempt {
  jobId: string;
  /** Names this run: its result lies under a key of its own. */
  token: string;
  payload: ReadyPayload;
}

/** How an attempt went; in the order of the request. `cause` is for the logs, `detail` for the caller. */
export type AttemptResult =
  { ok: true; outcome: Outcome } | { ok: false; code: ErrorCode; detail: string; cause?: string };
