import type { OwnWebhook, RequestFault } from '#jobs';
import { z } from 'zod';
import { faultsOf, invalidRequest, pointerTo } from '../problems/invalid-request.js';
import { plainWords } from '../problems/plain-words.js';
import { wholeNumberField } from '../server/number-field.js';
import { ownWebhookText } from '../webhooks/own-webhook.field.js';

const mostMetadataBytes = 4096;
const mostExpirySeconds = 30 * 86_400;

/** Name and text of one form field or query parameter. */
export type Field = readonly [name: string, value: string];

/** Those of the address. */
export function fieldsIn(query: unknown): Field[] {
  return Object.entries(query as Record<string, string | string[]>).flatMap(([name, values]) =>
    [values].flat().map((value): Field => [name, value]),
  );
}

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

/** Reads the fields of `POST /jobs`, from a form, a query or both. */
export interface SubmitJobParser {
  /** @throws EarshotError `invalid_request` with all faults */
  parse: (fields: readonly Field[]) => SubmitJobRequest;
  /** Unknown, repeated, missing and wrong fields. */
  faultsIn: (fields: readonly Field[]) => RequestFault[];
}

/**
 * Made once: zod compiles a schema at its first use, and a schema a request took a quarter of what it is to accept a job.
 *
 * @param mostTimeoutSeconds the default of `timeout`, and the most it may be
 */
export function submitJobParser(mostTimeoutSeconds: number): SubmitJobParser {
  const schema = submitJobSchema(mostTimeoutSeconds);
  const read = (fields: readonly Field[]) => {
    const parsed = schema.safeParse(Object.fromEntries(fields), { error: plainWords });
    const faults = [...repeatedFields(fields), ...(parsed.success ? [] : faultsOf(parsed.error))];
    return { asked: parsed.data, faults };
  };
  return {
    parse(fields) {
      const { asked, faults } = read(fields);
      if (asked === undefined || faults.length > 0) throw invalidRequest(faults);
      return asked;
    },
    faultsIn: (fields) => read(fields).faults,
  };
}

/** What a job is asked for with. In a form or a query, where everything is text, objects are JSON. */
export function submitJobSchema(mostTimeoutSeconds: number) {
  return z.strictObject({
    model: z
      .string({ error: 'must be given: the name of a model, or name@version' })
      .min(1, 'must not be empty')
      .describe('`name`, `name@version` or `name@alias`.'),
    metadata: z
      .preprocess(
        (text) => (isString(text) && Buffer.byteLength(text) <= mostMetadataBytes ? parseJson(text) : undefined),
        z.record(z.string(), z.unknown(), { error: `must be a JSON object of at most ${mostMetadataBytes} bytes` }),
      )
      .default({})
      .describe('Handed back with the job; at most 4 KiB.'),
    priority: wholeNumberField(0, 9, 'must be a whole number from 0 to 9, 9 the most urgent')
      .default(5)
      .describe('9 is the most urgent.'),
    expiresIn: secondsField(mostExpirySeconds)
      .optional()
      .describe('Seconds within which it must have started, else it is `expired`.'),
    timeout: secondsField(mostTimeoutSeconds).default(mostTimeoutSeconds).describe('Seconds it may run.'),
    webhook: ownWebhookText.optional().describe('Who is told of its end: an address, or JSON with the events.'),
  });
}

function secondsField(most: number) {
  const message = `must be a number of seconds above 0 and at most ${most}`;
  return z.preprocess(
    (text) => (isString(text) && /^\d{1,9}(\.\d{1,3})?$/.test(text) ? Number(text) : undefined),
    z.number(message).min(0.001, message).max(most, message),
  );
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
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
  return [...repeated].map((name) => ({ pointer: pointerTo(name), detail: 'must be given once' }));
}
