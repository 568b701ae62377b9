import { EarshotError, type OwnWebhook, type RequestFault } from '#jobs';
import { z } from 'zod';
import { ownWebhookText } from '../webhooks/own-webhook.field.js';

const mostMetadataBytes = 4096;
const mostExpirySeconds = 30 * 86_400;

/** Name and text of one form field or query parameter. */
export type Field = readonly [name: string, value: string];

/** What a caller asks for, besides the input itself. */
export interface SubmitJobRequest {
  /** `name` or `name@version`. */
  model: string;
  metadata: Record<string, unknown>;
  /** 0 to 9, 9 the most urgent. */
  priority: number;
  /** Seconds until it must have started; undefined: whenever. */
  expiresIn?: number | undefined;
  /** Seconds it may run. */
  timeout: number;
  /** Who is told of it, besides the owner's webhooks. */
  webhook?: OwnWebhook | undefined;
}

/**
 * Reads the fields of `POST /jobs`, from a form, a query or both.
 *
 * @throws EarshotError `invalid_request` with all faults: unknown, repeated, missing and wrong fields
 */
export type SubmitJobParser = (fields: readonly Field[]) => SubmitJobRequest;

/**
 * Made once: zod compiles a schema at its first use, and a schema a request took a third of what it is to accept a job.
 *
 * @param mostTimeoutSeconds the default of `timeout`, and the most it may be
 */
export function submitJobParser(mostTimeoutSeconds: number): SubmitJobParser {
  const schema = submitJobSchema(mostTimeoutSeconds);
  return (fields) => {
    const parsed = schema.safeParse(Object.fromEntries(fields));
    const faults = [...repeatedFields(fields), ...(parsed.success ? [] : parsed.error.issues.flatMap(toFaults))];
    if (parsed.success && faults.length === 0) return parsed.data;
    const named = faults.map(({ pointer }) => pointer).join(', ');
    throw new EarshotError('invalid_request', `Correct these fields: ${named}.`, { faults });
  };
}

function submitJobSchema(mostTimeoutSeconds: number) {
  return z.strictObject({
    model: z.string({ error: 'must be given: the name of a model, or name@version' }).min(1, 'must not be empty'),
    metadata: z.string().default('{}').transform(parseMetadata),
    priority: numberField(/^[0-9]$/, 'must be a whole number from 0 to 9, 9 the most urgent').default(5),
    expiresIn: secondsField(mostExpirySeconds).optional(),
    timeout: secondsField(mostTimeoutSeconds).default(mostTimeoutSeconds),
    webhook: ownWebhookText.optional(),
  });
}

function numberField(pattern: RegExp, message: string) {
  return z.string().regex(pattern, { error: message, abort: true }).transform(Number);
}

function secondsField(most: number) {
  const message = `must be a number of seconds above 0 and at most ${most}`;
  return numberField(/^\d{1,9}(\.\d{1,3})?$/, message).refine((seconds) => seconds > 0 && seconds <= most, message);
}

function parseMetadata(text: string, context: z.RefinementCtx): Record<string, unknown> {
  const refuse = (message: string): never => {
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  };
  if (Buffer.byteLength(text) > mostMetadataBytes) return refuse(`must be at most ${mostMetadataBytes} bytes`);
  const value = parseJson(text);
  return isRecord(value) ? value : refuse('must be a JSON object');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function repeatedFields(fields: readonly Field[]): RequestFault[] {
  const names = fields.map(([name]) => name);
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...repeated].map((pointer) => ({ pointer, detail: 'must be given once' }));
}

/** What a request’s reader is told of one issue; an unknown field is named itself. */
export function toFaults(issue: z.core.$ZodIssue): RequestFault[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      pointer: [...issue.path, key].join('.'),
      detail: 'is no field of this request',
    }));
  return [{ pointer: issue.path.join('.'), detail: issue.message }];
}
