import type { OwnWebhook } from '#jobs';
import { z } from 'zod';
import type { Field } from '../jobs/submit-job.request.js';
import { invalidPart } from '../problems/invalid-request.js';
import { parseBody } from '../server/parse-body.js';
import { ownWebhookField } from '../webhooks/own-webhook.field.js';
import { batchItems, type BatchItem } from './batch-item.js';

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
  /** Whether it takes no more files than those it is opened with; without it, whether there are any. */
  close?: boolean | undefined;
  /** Files that a worker is to get. */
  items?: BatchItem[] | undefined;
}

/**
 * Reads a JSON body of `POST /batches`.
 *
 * @param mostTimeoutSeconds the default of `timeout`, and the most it may be
 * @throws EarshotError `invalid_request` with all faults
 */
export function parseOpenBatchRequest(body: unknown, mostTimeoutSeconds: number): OpenBatchRequest {
  return parseBody(openBatchSchema(mostTimeoutSeconds), body);
}

/**
 * Reads the fields of `POST /batches` from a query or a form, where everything is text: as in JSON, but that texts have no
 * quotation marks.
 *
 * @throws EarshotError `invalid_request` with all faults
 */
export function parseOpenBatchFields(fields: readonly Field[], mostTimeoutSeconds: number): OpenBatchRequest {
  const names = fields.map(([name]) => name);
  const repeated = names.find((name, i) => names.indexOf(name) !== i || name === 'items');
  if (repeated !== undefined) {
    const detail = repeated === 'items' ? 'is a field of a JSON body only' : 'must be given once';
    throw invalidPart(repeated, detail);
  }
  const values = fields.map(([name, text]) => [name, name === 'model' ? text : toValue(text)]);
  return parseOpenBatchRequest(Object.fromEntries(values), mostTimeoutSeconds);
}

function toValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A JSON body of `POST /batches`. */
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
      close: z.boolean({ error: 'must be true or false' }).optional(),
      items: batchItems.optional(),
      timeout: z
        .number({ error: timeout })
        .min(0.001, timeout)
        .max(mostTimeoutSeconds, timeout)
        .default(mostTimeoutSeconds),
    },
    { error: 'must be a JSON object, such as {"model": "fan-fault"}' },
  );
}
