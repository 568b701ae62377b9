export type { BatchesClient, BatchFields, BatchRequest, BatchUpdate, FileToSend } from './batches-client.js';
export type { Bytes } from './bytes.js';
export type { ClientOptions, OnceOptions, RequestOptions } from './connection.js';
export type {
  Act,
  Alive,
  Batch,
  BatchFile,
  BatchFileLine,
  BatchResult,
  Delivery,
  EventJob,
  Job,
  Key,
  Model,
  ModelCard,
  ModelSummary,
  NewKey,
  NewWebhook,
  OpenedUpload,
  OwnLimits,
  Readiness,
  Result,
  RotatedSecret,
  Scaling,
  Score,
  Segment,
  Webhook,
  WebhookEvent,
} from './description.js';
export { EarshotClient } from './earshot-client.js';
export type { FollowOptions } from './follow.js';
export type { JobFields, JobInput, JobSubmission } from './job-submission.js';
export { isFinished, type JobsClient, type JobsFilter, type JobUpdate, type SubmitOptions } from './jobs-client.js';
export type { KeyRequest, KeysClient } from './keys-client.js';
export type { LimitsClient, LimitsRequest } from './limits-client.js';
export type { ModelsClient, ModelVersion } from './models-client.js';
export type { Patience } from './patience.js';
export { EarshotProblem, EarshotUnreachable, type Fault, type ProblemCode } from './problem.js';
export type { UploadRequest } from './uploads-client.js';
export type { WebhookChange, WebhookRequest, WebhooksClient } from './webhooks-client.js';
