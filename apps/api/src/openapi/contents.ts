import { z } from 'zod';
import type { Contents } from './operation.js';

/** JSON, with one example unless there are more. */
export function json(schema: z.ZodType, examples: Record<string, unknown>): Contents {
  return { 'application/json': { schema, examples } };
}

/** Bytes in a form's part, or as a whole body. */
export const bytes = z.string().meta({ format: 'binary' });

/** Bytes of any of some media types. */
export function bytesOf(...mediaTypes: readonly string[]): Contents {
  return Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema: bytes }]));
}

/** Server-sent events (WHATWG HTML). */
export function eventStream(data: z.ZodType, example: string): Contents {
  return { 'text/event-stream': { schema: z.string(), line: data, examples: { stream: example } } };
}

/** Lines of JSON. */
export function lines(schema: z.ZodType, ...values: readonly unknown[]): Contents {
  const text = values.map((value) => `${JSON.stringify(value)}\n`).join('');
  return { 'application/x-ndjson': { schema: z.string(), line: schema, examples: { lines: text } } };
}
