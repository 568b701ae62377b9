import fc, { type Arbitrary } from 'fast-check';
import type { OpenApiDocument } from '../apps/api/src/openapi/compose-document.js';
import type { JsonSchema } from '../apps/api/src/openapi/schema-collection.js';
import { bodiesOf, type MediaType } from './random-bodies.js';
import { fitting, spoiled, toText, type Surroundings } from './random-values.js';

/** A request as it goes over the wire. */
export interface RandomRequest {
  method: string;
  /** With the query; what a URL cannot have is escaped. */
  path: string;
  headers: Record<string, string>;
  body: Uint8Array | null;
}

/** One operation of the document. */
export interface RandomOperation {
  method: string;
  /** Such as `/jobs/{id}`. */
  path: string;
  operation: JsonSchema;
}

/** What exists, so that requests get further than to a 404. */
export interface Existing extends Surroundings {
  /** Ids, by the beginnings of their paths. */
  ids: Readonly<Record<string, readonly string[]>>;
}

type MediaTypes = Record<string, { schema: JsonSchema }>;
type Pairs = [name: string, value: string][];

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema?: JsonSchema;
  content?: Record<string, { schema: JsonSchema }>;
  example?: string;
}

/** Those that end what others need come last. */
export function operationsOf({ paths }: OpenApiDocument): RandomOperation[] {
  const rank = ({ method, path }: RandomOperation): number => {
    if (method === 'DELETE') return 2;
    return method === 'PATCH' || /\/(close|cancel)$/.test(path) ? 1 : 0;
  };
  return Object.entries(paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
    )
    .sort((a, b) => rank(a) - rank(b));
}

/** Requests to an operation: such as it wants, and such as it hardly wants. */
export function requestsTo(operation: RandomOperation, existing: Existing): Arbitrary<RandomRequest> {
  return fc.oneof(
    { weight: 2, arbitrary: requestsOf(operation, existing, false) },
    { weight: 3, arbitrary: requestsOf(operation, existing, true) },
  );
}

function requestsOf(operation: RandomOperation, existing: Existing, isStrange: boolean): Arbitrary<RandomRequest> {
  const { content = {} } = (operation.operation['requestBody'] ?? {}) as { content?: MediaTypes };
  const types = Object.keys(content);
  return fc.constantFrom(...(types.length === 0 ? [null] : types)).chain((type) => {
    const body = type === null ? null : { type, schema: content[type]?.schema ?? {} };
    return requestsWith(operation, body, existing, isStrange);
  });
}

function requestsWith(
  { method, path, operation }: RandomOperation,
  body: MediaType | null,
  existing: Existing,
  isStrange: boolean,
): Arbitrary<RandomRequest> {
  const parameters = (operation['parameters'] as JsonSchema[]).map((each) => existing.resolve(each));
  const those = (place: Parameter['in']) => (parameters as unknown as Parameter[]).filter((each) => each.in === place);
  // Beside a body that has fields, those of the query are left out.
  const hasFields = body === null || /json|form-data/.test(body.type);
  const query = those('query').map((each) =>
    each.name === 'model' && !hasFields ? { ...each, required: true } : each,
  );
  return fc
    .record({
      filled: pathsOf(path, existing, isStrange),
      query: fc.tuple(...query.map((each) => queryOf(each, existing, isStrange))),
      more: sometimes(isStrange, fc.constant<Pairs>([]), strangeQuery),
      headers: fc.tuple(...those('header').map((each) => headerOf(each, isStrange))),
      odd: sometimes(isStrange, fc.constant<Record<string, string>>({}), oddHeaders),
      sent: bodiesOf(body, existing, isStrange),
    })
    .map(({ filled, query: asked, more, headers, odd, sent }) => ({
      method,
      path: filled + toQuery([...asked.flat(), ...more]),
      headers: { ...Object.fromEntries(headers.flat()), ...sent.headers, ...odd },
      body: sent.bytes,
    }));
}

/** Mostly the one; now and then, where that is asked for, the other. */
function sometimes<T>(isStrange: boolean, usual: Arbitrary<T>, other: Arbitrary<T>): Arbitrary<T> {
  return isStrange ? fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: other }) : usual;
}

const strangeParts = fc.oneof(
  fc.constantFrom('%00', '%', '%zz', '%2e%2e', '..%2f..', '*', '__proto__', 'constructor', '%F0%9F%98%80', '%ED%A0%80'),
  fc.constantFrom('a'.repeat(201), 'a'.repeat(2000), '-', '0', 'null', 'job_', "';--", '%0d%0aX:y'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }).map(escapeText),
);

function pathsOf(path: string, { ids }: Existing, isStrange: boolean): Arbitrary<string> {
  const known = Object.entries(ids).find(([start]) => path.startsWith(`${start}/{`))?.[1] ?? ['x'];
  const parts = path.split('/').map((part, i) => {
    if (!part.startsWith('{')) return fc.constant(part);
    const usual = i === 2 ? known : [part === '{version}' ? '1.0.0' : 'stable'];
    return sometimes(isStrange, fc.constantFrom(...usual), strangeParts);
  });
  return fc.tuple(...parts).map((filled) => filled.join('/'));
}

function queryOf(parameter: Parameter, existing: Existing, isStrange: boolean): Arbitrary<Pairs> {
  const { name, required = false, schema, content } = parameter;
  const fit = fitting(schema ?? content?.['application/json']?.schema ?? {}, existing, name);
  const given = sometimes(isStrange, fit, spoiled(fit)).map((value): Pairs => [[name, toText(value)]]);
  const left = fc.constant<Pairs>([]);
  return required
    ? sometimes(isStrange, given, left)
    : fc.oneof({ weight: 1, arbitrary: given }, { weight: 6, arbitrary: left });
}

const strangeQuery: Arbitrary<Pairs> = fc.oneof(
  fc.array(fc.tuple(fc.string({ maxLength: 8 }), fc.string({ maxLength: 20 })), { minLength: 1, maxLength: 3 }),
  fc.constantFrom('limit', '__proto__', 'model', 'path').map((name): Pairs => [
    [name, '1'],
    [name, '2'],
  ]),
);

function headerOf({ name, example = '' }: Parameter, isStrange: boolean): Arbitrary<Pairs> {
  // Nothing here would end a job, so none is waited for.
  if (name === 'Prefer')
    return sometimes(isStrange, fc.constant(''), headerText).map((text) => [[name, `${text},wait=0`]]);
  const usual = name === 'Idempotency-Key' ? fc.uuid() : fc.constant(example);
  const given = sometimes(isStrange, usual, headerText).map((text): Pairs => [[name, text]]);
  return fc.oneof({ weight: 1, arbitrary: given }, { weight: 3, arbitrary: fc.constant<Pairs>([]) });
}

const headerText = fc.oneof(
  fc.string({ maxLength: 40 }).map((text) => text.replace(/[^\x20-\x7e\x80-\xff]/g, '?')),
  fc.constantFrom('', '"', ',,,', 'x'.repeat(300), '\xff\xfe', 'W/"a", *', '-1', '99999999999999999999'),
);

const oddHeaders = fc.constantFrom<Record<string, string>>(
  ...[{ accept: 'text/csv' }, { accept: 'image/nonsense;q=x' }, { range: 'bytes=5-1' }, { 'content-encoding': 'gzip' }],
  ...[{ 'content-type': 'nonsense' }, { 'content-type': '' }, { 'content-type': 'multipart/form-data' }],
  ...[{ 'content-type': 'multipart/form-data; boundary=' }, { 'content-type': 'application/json; charset=utf-16' }],
  ...[{ authorization: 'Bearer nonsense' }, { authorization: 'Basic eDp5' }, { 'x-http-method-override': 'DELETE' }],
  ...[{ cookie: 'a=b'.repeat(500) }, { 'x-filler': 'x'.repeat(20_000) }, { origin: 'https://elsewhere.example' }],
  ...[{ host: 'elsewhere.example' }, { expect: '100-continue' }, { 'x-request-id': '\xff'.repeat(20) }],
);

function toQuery(pairs: Pairs): string {
  if (pairs.length === 0) return '';
  return `?${pairs.map(([name, value]) => `${escapeText(name)}=${escapeText(value)}`).join('&')}`;
}

/** Lone surrogates and all; cut off wherever it becomes too long. */
function escapeText(value: string): string {
  return encodeURIComponent(Buffer.from(value).toString()).slice(0, 8000);
}
