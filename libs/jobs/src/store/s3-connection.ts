import {
  S3Client,
  type $Command,
  type S3ClientResolvedConfig,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from '@aws-sdk/client-s3';
import type { StoreSettings } from '../settings/store-settings.js';
import { unavailable } from './unavailable.js';
import { withDeadline } from './with-deadline.js';

/** Milliseconds a request has for its answer, unless it says otherwise; both attempts fit in. */
const answerMs = 2000;
const attempts = 2;
const connectionTimeoutMs = 800;
/** Milliseconds without a byte after which a transfer is given up. */
const silenceMs = 30_000;
/** A request that finds none free waits, and its time runs; an upload takes two. */
const mostSockets = 256;
const mebibyte = 2 ** 20;
const mebibyteMs = 1000;

export type S3Command<Input extends ServiceInputTypes, Output extends ServiceOutputTypes> = $Command<
  Input,
  Output,
  S3ClientResolvedConfig,
  ServiceInputTypes,
  ServiceOutputTypes
>;

export interface RequestOptions {
  /** Milliseconds for the answer, retries included. Default 2000. */
  timeoutMs?: number;
  /** Names of errors that the caller has an answer to, and gets as they are. Default: none. */
  expected?: readonly string[];
  /** Aborting it ends the request. */
  signal?: AbortSignal;
}

/** One bucket, and requests that never hang. Credentials come from the SDK's own chain (environment, files, roles). */
export class S3Connection {
  readonly client: S3Client;

  constructor(
    readonly bucket: string,
    { endpoint, region, pathStyle, checksums }: StoreSettings['s3'],
  ) {
    this.client = new S3Client({
      ...(endpoint !== undefined && { endpoint }),
      region,
      forcePathStyle: pathStyle,
      requestChecksumCalculation: checksums,
      responseChecksumValidation: checksums,
      maxAttempts: attempts,
      // With it, the SDK opens a connection anew for every part.
      expectContinueHeader: false,
      requestHandler: {
        connectionTimeout: connectionTimeoutMs,
        socketTimeout: silenceMs,
        httpAgent: { maxSockets: mostSockets },
        httpsAgent: { maxSockets: mostSockets },
      },
    });
  }

  /** @throws StoreUnavailableError unless the error is an expected one */
  async send<Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
    command: S3Command<Input, Output>,
    { timeoutMs = answerMs, expected = [], signal }: RequestOptions = {},
  ): Promise<Output> {
    try {
      return await withDeadline(timeoutMs, signal, (abortSignal) => this.client.send(command, { abortSignal }));
    } catch (error) {
      throw isNamed(error, expected) ? error : this.unavailable(error);
    }
  }

  unavailable(cause: unknown): Error {
    return unavailable(`the store s3://${this.bucket}`, cause);
  }
}

/** Milliseconds that a request carrying so many bytes has for its answer: one more second for each mebibyte. */
export function transferMs(bytes: number): number {
  return answerMs + Math.round((bytes / mebibyte) * mebibyteMs);
}

/** S3 tells its errors apart by name. */
export function isNamed(error: unknown, names: readonly string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}
