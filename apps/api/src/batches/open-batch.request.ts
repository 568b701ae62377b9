import { EarshotError, type OwnWebhook } from '#jobs';
import { z } from 'zod';
import { ownWebhookField } from '../webhooks/own-webhook.field.js';

const mostMetadataBytes = 4096;

/** What a caller opens a batch with. */
export interface OpenBatchRequest {
  /** `name` or `name@version`. */
  model: string;
  metadata: Record<string, unknown>;
  /** Whether results that are known may be taken. */
  reuse: boolean;
  /** 0 to 9, 9 the most urgent. */
  priority: number;
  /** Seconds each file may run. */
  timeout: number;
  /** Who is told of it, besides the owner's webhooks; without `events`, that it is over. */
  webhook?: OwnWebhook | undefined;
}

/**
 * Reads the body of `POST /batches`.
 *
 * @param mostTimeoutSeconds the default of `timeout`, and the most it may be
 * @throws EarshotError `invalid_request` with all faults
 */
export function parseOpenBatchRequest(body: unknown, mostTimeoutSeconds: number): OpenBatchRequest {
  const parsed = openBatchSchema(mostTimeoutSeconds).safeParse(body);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap(({ path, message, ...issue }) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ pointer: `/${key}`, detail: 'is no field of this request' }))
      : [{ pointer: `/${path.join('/')}`, detail: message }],
  );
  const named = faults.map(({ pointer }) => pointer).join(', ');
  throw new EarshotError('invalid_request', `Correct these fields: ${named}.`, { faults });
}

/** The body of `POST /batches`. */
export function openBatchSchema(mostTimeoutSeconds: number) {
  const timeout = `must be a number of seconds above 0 and at most ${mostTimeoutSeconds}`;
  return z.strictObject(
    {
      model: z.string({ error: 'must be given: the name of a model, or name@version' }).min(1, 'must not be empty'),
      metadata: z
        .record(z.string(), z.unknown(), { error: 'must be a JSON object' })
        .refine((value) => Buffer.byteLength(JSON.stringify(value)) <= mostMetadataBytes, {
          error: `must be at most ${mostMetadataBytes} bytes`,
        })
        .default({}),
      reuse: z.boolean({ error: 'must be true or false' }).default(true),
      priority: z
        .int({ error: 'must be a whole number from 0 to 9, 9 the most urgent' })
        .min(0, 'must be at least 0')
        .max(9, 'must be at most 9')
        .default(5),
      webhook: ownWebhookField.optional(),
      timeout: z.number({ error: timeout }).gt(0, timeout).lte(mostTimeoutSeconds, timeout).default(mostTimeoutSeconds),
    },
    { error: 'must be a JSON object, such as {"model": "fan-fault"}' },
  );
}
