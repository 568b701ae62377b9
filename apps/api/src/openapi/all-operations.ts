import { batchFileOperations } from '../batches/batch-files.openapi.js';
import { batchOperations } from '../batches/batches.openapi.js';
import { healthOperations } from '../health/health.openapi.js';
import { jobOperations } from '../jobs/jobs.openapi.js';
import { submissionOperations } from '../jobs/submissions.openapi.js';
import { keyOperations } from '../keys/keys.openapi.js';
import { legacyOperations } from '../legacy/legacy.openapi.js';
import { limitOperations } from '../limits/limits.openapi.js';
import { metricsOperations } from '../metrics/metrics.openapi.js';
import { modelOperations } from '../models/models.openapi.js';
import { uploadOperations } from '../uploads/uploads.openapi.js';
import { deliveryOperations } from '../webhooks/deliveries.openapi.js';
import { webhookOperations } from '../webhooks/webhooks.openapi.js';
import { openApiOperations } from './openapi.openapi.js';
import type { Operations } from './operation.js';

/** What is said of each route that there may be, each beside its controller. */
export function allOperations(mostTimeoutSeconds: number): Operations {
  return {
    ...submissionOperations(mostTimeoutSeconds),
    ...jobOperations,
    ...uploadOperations,
    ...batchOperations(mostTimeoutSeconds),
    ...batchFileOperations,
    ...webhookOperations,
    ...deliveryOperations,
    ...modelOperations,
    ...keyOperations,
    ...limitOperations,
    ...healthOperations,
    ...metricsOperations,
    ...openApiOperations,
    ...legacyOperations,
  };
}
