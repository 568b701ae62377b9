import { mapValues } from './map-values.js';
import type { Operation, PathParameter } from './operation.js';
import { requestHeaderTexts, type RequestHeader } from './request-headers.js';
import type { JsonSchema, SchemaCollection } from './schema-collection.js';

/** All that a route takes besides its body. */
export function toParameters({ path = {}, query, headers = [] }: Operation, schemas: SchemaCollection): JsonSchema[] {
  const named: readonly RequestHeader[] = [...headers, 'X-Request-Id'];
  return [
    ...Object.entries(path).map(([name, parameter]) => toPathParameter(name, parameter)),
    ...(query ? toQueryParameters(schemas.toSchema(query, 'input')) : []),
    ...named.map((name) => ({ $ref: `#/components/parameters/${name}` })),
  ];
}

/** The components that these refer to. */
export function headerParameters(): Record<string, JsonSchema> {
  return mapValues(requestHeaderTexts, toHeaderParameter);
}

function toPathParameter(name: string, { description, example }: PathParameter): JsonSchema {
  return { name, in: 'path', required: true, description, schema: { type: 'string' }, example };
}

/** One for each property; an object is sent as JSON, a list with commas. */
function toQueryParameters({ properties = {}, required = [] }: JsonSchema): JsonSchema[] {
  return Object.entries(properties as Record<string, JsonSchema>).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: (required as string[]).includes(name),
    ...(description !== undefined && { description }),
    ...(schema.type === 'object'
      ? { content: { 'application/json': { schema } } }
      : { schema, ...(schema.type === 'array' && { explode: false }) }),
  }));
}

function toHeaderParameter(
  { description, example, ...schema }: { description: string; example: string },
  name: string,
) {
  return { name, in: 'header', description, schema: { type: 'string', ...schema }, example };
}
