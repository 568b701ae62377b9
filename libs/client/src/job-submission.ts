import type { Bytes } from './bytes.js';
import type { operations } from './description.js';

type JsonSubmission = operations['submitJob']['requestBody']['content']['application/json'];

/** What a job is asked for, besides its input. */
export type JobFields = Omit<JsonSubmission, 'input' | 'model'> & Required<Pick<JsonSubmission, 'model'>>;

/** The four ways to hand in an input. */
export type JobInput =
  | Way<{ file: Blob | ArrayBuffer | Uint8Array; filename?: string | undefined }>
  | Way<{ bytes: Bytes }>
  | Way<{ url: string; filename?: string | undefined }>
  | Way<{ upload: string; filename?: string | undefined }>;

/**
 * A job to be submitted: what is asked for, and
 * - `file`: a file that keeps its name (of a File its own), sent as a form;
 * - `bytes`: without a name, also as a stream;
 * - `url`: an address from which a worker fetches it;
 * - `upload`: the id of what was uploaded before.
 */
export type JobSubmission = JobFields & JobInput;

type InputField = 'file' | 'filename' | 'bytes' | 'url' | 'upload';

/** No field of another way. */
type Way<Fields> = Fields & { [Name in Exclude<InputField, keyof Fields>]?: undefined };
