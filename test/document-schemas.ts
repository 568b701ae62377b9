import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { JsonSchema } from '../apps/api/src/openapi/schema-collection.js';
import type { OpenApiDocument } from '../apps/api/src/openapi/compose-document.js';

const base = 'https://earshot.test/openapi.json';

/** An example, and the schema that it is to fit. */
export interface Example {
  where: string;
  schema: JsonSchema;
  value: unknown;
}

/** The schemas of a description of the API, to check values by. */
export class DocumentSchemas {
  private readonly compiled = new Map<JsonSchema, ValidateFunction>();
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });

  /** @param document whose objects then have no properties but those that are described */
  constructor(private readonly document: OpenApiDocument) {
    (addFormats as unknown as typeof addFormats.default)(this.ajv);
    this.ajv.addSchema({ ...(closeObjects(document) as OpenApiDocument), $id: base });
  }

  /** In words; none when the value fits. */
  faultsOf(schema: JsonSchema, value: unknown): string[] {
    const validate = this.compiled.get(schema) ?? this.compile(schema);
    this.compiled.set(schema, validate);
    validate(value);
    return (validate.errors ?? []).map(
      (error) => `${error.instancePath || '/'} ${error.message} ${JSON.stringify(error.params)}`,
    );
  }

  private compile(schema: JsonSchema): ValidateFunction {
    const text = JSON.stringify(closeObjects(schema)).replaceAll('"$ref":"#/', `"$ref":"${base}#/`);
    return this.ajv.compile(JSON.parse(text) as JsonSchema);
  }

  /** What a reference of the document leads to. */
  resolve(thing: JsonSchema): JsonSchema {
    const reference = thing['$ref'];
    if (typeof reference !== 'string') return thing;
    return reference
      .slice(2)
      .split('/')
      .reduce((place: JsonSchema, name) => place[name] as JsonSchema, this.document as unknown as JsonSchema);
  }

  /** All of bodies and parameters. */
  examples(): Example[] {
    const found: Example[] = [];
    visit(this.document, '', (where, thing) => {
      const { schema, examples, example } = thing as { schema?: JsonSchema; examples?: object; example?: unknown };
      if (schema === undefined) return;
      if (example !== undefined) found.push({ where, schema, value: example });
      for (const [name, { value }] of Object.entries((examples ?? {}) as Record<string, { value: unknown }>))
        found.push({ where: `${where}/examples/${name}`, schema, value });
    });
    return found;
  }
}

function visit(thing: unknown, where: string, see: (where: string, thing: object) => void): void {
  if (typeof thing !== 'object' || thing === null) return;
  see(where, thing);
  for (const [name, part] of Object.entries(thing)) if (name !== 'examples') visit(part, `${where}/${name}`, see);
}

/** Answers may have more fields in later versions, but in this one they have none that is not described. */
function closeObjects(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closeObjects);
  if (typeof schema !== 'object' || schema === null) return schema;
  const closed = Object.fromEntries(Object.entries(schema).map(([name, part]) => [name, closeObjects(part)]));
  const isOpen = closed['type'] === 'object' && 'properties' in closed && !('additionalProperties' in closed);
  return isOpen ? { ...closed, additionalProperties: false } : closed;
}
