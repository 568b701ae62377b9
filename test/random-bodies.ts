import fc, { type Arbitrary } from 'fast-check';
import type { JsonSchema } from '../apps/api/src/openapi/schema-collection.js';
import { fitting, spoiled, toText, type Surroundings } from './random-values.js';
import { newRecording } from './recordings.js';

/** A body, with the headers that go with it. */
export interface RandomBody {
  headers: Record<string, string>;
  bytes: Uint8Array | null;
}

/** What an operation takes. */
export interface MediaType {
  type: string;
  schema: JsonSchema;
}

/** The recording that is sent. */
export const randomRecording = new Uint8Array(newRecording({ seconds: 0.01 }));

/** Bodies of a media type that an operation takes, and, where that is asked for, others. */
export function bodiesOf(body: MediaType | null, around: Surroundings, isStrange: boolean): Arbitrary<RandomBody> {
  const none = fc.constant<RandomBody>({ headers: {}, bytes: null });
  const usual = body === null ? none : takenBodies(body, around, isStrange);
  return isStrange
    ? fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: fc.oneof(none, broken) })
    : usual;
}

function takenBodies({ type, schema }: MediaType, around: Surroundings, isStrange: boolean): Arbitrary<RandomBody> {
  if (type === 'application/json') return jsonBodies(fitting(schema, around), isStrange);
  if (type === 'multipart/form-data') return formBodies(fitting(schema, around), isStrange);
  const sent = fc.constantFrom(randomRecording, ...(isStrange ? odd : []));
  return sent.map((bytes) => asBody(type.replace('*', 'wav'), bytes));
}

const odd = [new Uint8Array(0), toBytes('no recording'), randomRecording.subarray(0, 44)];

const broken = fc.oneof(
  fc
    .constantFrom('{', '{"a":', '\ufeff{}', '[1,]', 'null', '"x"', '{}{}', '', `{"a":"${'x'.repeat(100_000)}"}`)
    .map((json) => asBody('application/json', toBytes(json))),
  fc
    .constantFrom('--b\r\nContent-Disp', '--b--', '', 'x', '--b\r\n\r\n\r\n--b--\r\n')
    .map((form) => asBody('multipart/form-data; boundary=b', toBytes(form))),
);

function jsonBodies(fit: Arbitrary<unknown>, isStrange: boolean): Arbitrary<RandomBody> {
  const values = isStrange ? fc.oneof(fit, spoiled(fit)) : fit;
  return values.map((value) => asBody('application/json', toBytes(JSON.stringify(value) ?? '')));
}

const boundary = 'a-boundary';

/** With their parts in any order. */
function formBodies(fit: Arbitrary<unknown>, isStrange: boolean): Arbitrary<RandomBody> {
  const values = isStrange ? fc.oneof(fit, spoiled(fit)) : fit;
  return values
    .chain((value) => {
      const parts = typeof value === 'object' && value !== null ? Object.entries(value) : [];
      return fc.shuffledSubarray(parts, { minLength: parts.length });
    })
    .map((parts) => {
      const pieces = [...parts.flatMap(([name, value]) => toPart(name, value)), toBytes(`--${boundary}--\r\n`)];
      return asBody(`multipart/form-data; boundary=${boundary}`, Buffer.concat(pieces));
    });
}

function toPart(name: string, value: unknown): Uint8Array[] {
  const isFile = name === 'file' || name === 'image';
  const file = isFile ? '; filename="../a\u202e.wav"\r\nContent-Type: audio/wav' : '';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name.replace(/["\r\n]/g, '_')}"${file}\r\n\r\n`;
  return [toBytes(head), isFile ? randomRecording : toBytes(toText(value)), toBytes('\r\n')];
}

function asBody(contentType: string, bytes: Uint8Array): RandomBody {
  return { headers: { 'content-type': contentType }, bytes };
}

function toBytes(text: string): Uint8Array {
  return Buffer.from(text);
}
