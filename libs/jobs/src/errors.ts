/**
 * Every error a caller can meet, in one table. The code is the contract: it ends the problem's `type` URI and is a
 * failed job's `error.code`. docs/errors.md says the same in words, and a test compares the two.
 *
 * - `status`: the HTTP status when a request ends with it
 * - `title`: what is wrong, the same for every occurrence
 * - `passing`: true when the same job may succeed later without any change; such attempts are repeated
 */
export const errorTable = {
  invalid_request: { status: 400, title: 'The request is not valid', passing: false },
  empty_input: { status: 400, title: 'The input is empty', passing: false },
  upload_interrupted: { status: 400, title: 'The upload ended early', passing: false },
  key_missing: { status: 401, title: 'An API key is needed', passing: false },
  key_unknown: { status: 401, title: 'The API key is not known', passing: false },
  scope_missing: { status: 403, title: 'The API key does not allow this', passing: false },
  host_not_allowed: { status: 403, title: 'This Host is not answered', passing: false },
  origin_not_allowed: { status: 403, title: 'Requests of other sites are not answered', passing: false },
  proxy_not_allowed: { status: 403, title: 'Forwarded requests are not answered', passing: false },
  route_not_found: { status: 404, title: 'There is no such route', passing: false },
  job_not_found: { status: 404, title: 'There is no such job', passing: false },
  model_not_found: { status: 404, title: 'There is no such model', passing: false },
  model_removed: { status: 410, title: 'The model was removed', passing: false },
  input_missing: { status: 404, title: 'The stored input is gone', passing: false },
  result_not_found: { status: 404, title: 'The job has no result', passing: false },
  key_not_found: { status: 404, title: 'There is no such API key', passing: false },
  webhook_not_found: { status: 404, title: 'There is no such webhook', passing: false },
  delivery_not_found: { status: 404, title: 'There is no such delivery', passing: false },
  method_not_allowed: { status: 405, title: 'The route does not take this method', passing: false },
  upload_timeout: { status: 408, title: 'The upload stood still for too long', passing: false },
  request_timeout: { status: 408, title: 'The request did not come in time', passing: false },
  batch_not_found: { status: 404, title: 'There is no such batch', passing: false },
  batch_closed: { status: 409, title: 'The batch takes no more files', passing: false },
  batch_finished: { status: 409, title: 'The batch is over', passing: false },
  batch_file_differs: { status: 409, title: 'The path has other bytes in this batch', passing: false },
  archive_refused: { status: 422, title: 'The archive cannot be unpacked', passing: false },
  archive_entry_refused: { status: 422, title: 'The entry of the archive cannot be taken', passing: false },
  job_finished: { status: 409, title: 'The job has already ended', passing: false },
  job_unfinished: { status: 409, title: 'The job has not ended yet', passing: false },
  input_too_large: { status: 413, title: 'The input is too large', passing: false },
  uri_too_long: { status: 414, title: 'The address is too long', passing: false },
  headers_too_large: { status: 431, title: 'The headers are too large', passing: false },
  rate_limited: { status: 429, title: 'Too many requests', passing: true },
  job_quota_exceeded: { status: 429, title: 'Too many unfinished jobs', passing: true },
  storage_quota_exceeded: { status: 507, title: 'Too many bytes are stored', passing: false },
  input_type_mismatch: { status: 415, title: 'The model does not take this kind of input', passing: false },
  input_unreadable: { status: 422, title: 'The input cannot be read', passing: false },
  input_crashed_worker: { status: 422, title: 'The input ended the process that read it', passing: false },
  upload_not_found: { status: 404, title: 'There is no such upload', passing: false },
  upload_link_refused: { status: 403, title: 'This address takes no upload', passing: false },
  idempotency_key_in_use: { status: 409, title: 'A request with this Idempotency-Key is under way', passing: true },
  idempotency_key_reused: { status: 422, title: 'The Idempotency-Key was used for another request', passing: false },
  input_unreachable: { status: 422, title: 'The input cannot be fetched', passing: true },
  input_refused: { status: 422, title: 'The server of the input does not hand it out', passing: false },
  address_not_allowed: { status: 422, title: 'The address may not be connected to', passing: false },
  address_unresolved: { status: 422, title: 'The host of the address cannot be found', passing: true },
  model_refused: { status: 422, title: 'The model cannot be served', passing: false },
  model_version_conflict: { status: 409, title: 'The model version exists with other content', passing: false },
  webhook_limit_reached: { status: 409, title: 'There are as many webhooks as may be', passing: false },
  webhook_disabled: { status: 409, title: 'The webhook is disabled', passing: false },
  model_in_use: { status: 409, title: 'The model version has an alias', passing: false },
  payload_unreadable: { status: 500, title: 'The queued job is damaged', passing: false },
  job_timed_out: { status: 422, title: 'The job ran longer than it may', passing: false },
  job_expired: { status: 422, title: 'The job did not start in time', passing: false },
  job_canceled: { status: 422, title: 'The job was canceled', passing: false },
  worker_lost: { status: 500, title: 'The workers that ran the job were lost', passing: false },
  webhook_secret_unreadable: { status: 500, title: 'The secret cannot be decrypted', passing: false },
  internal_error: { status: 500, title: 'Something went wrong on our side', passing: true },
  queue_unavailable: { status: 503, title: 'The queue cannot be reached', passing: true },
  model_missing: { status: 503, title: 'The model of this route is missing', passing: true },
  workers_unavailable: { status: 503, title: 'No worker has answered in time', passing: true },
  engine_unavailable: { status: 503, title: 'The engine cannot compute', passing: true },
  store_unavailable: { status: 503, title: 'The object store cannot be reached', passing: true },
} as const satisfies Record<string, { status: number; title: string; passing: boolean }>;

export type ErrorCode = keyof typeof errorTable;

/** True for a code of the table. */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(errorTable, text);
}

/** One fault of a request, for a client to point at. */
export interface RequestFault {
  detail: string;
  /** Where: a JSON pointer to a field of the body or form, or to a parameter of the address; or the name of a header. */
  pointer: string;
}

/** An error with a code of the table; `message` says what is wrong this time and what to do. */
export class EarshotError extends Error {
  override readonly name = 'EarshotError';
  readonly faults: readonly RequestFault[];

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: { cause?: unknown; faults?: readonly RequestFault[] } = {},
  ) {
    super(message, { cause: options.cause });
    this.faults = options.faults ?? [];
  }
}
