import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';

/** A JSON Schema of draft 2020-12, as OpenAPI 3.1 has them. */
export type JsonSchema = Record<string, unknown>;

/** Turns schemas of zod into those of the description; those with an `id` become its components. */
export class SchemaCollection {
  readonly components: Record<string, JsonSchema> = {};

  /**
   * @param side whose view: `input` for what callers send, `output` for what they receive
   * @throws Error when two different schemas have the same `id`
   */
  toSchema(schema: z.ZodType, side: 'input' | 'output'): JsonSchema {
    const whole = z.toJSONSchema(schema, {
      target: 'draft-2020-12',
      io: side,
      unrepresentable: 'any',
      override: ({ jsonSchema }) => {
        // Says no more than the format does, in 300 characters.
        if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
        // What any number has that is exact.
        if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
        if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
        // Fields may be added to answers.
        if (side === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      },
    });
    const { $defs: definitions = {}, ...own } = toReferences({ ...whole, $schema: undefined });
    for (const [name, definition] of Object.entries(definitions)) this.keep(name, definition);
    return own;
  }

  private keep(name: string, definition: JsonSchema): void {
    const known = (this.components[name] ??= definition);
    if (!isDeepStrictEqual(known, definition)) throw new Error(`two schemas have the id ${name}`);
  }
}

/** With references to components instead of to definitions of its own. */
function toReferences(schema: object): JsonSchema & { $defs?: Record<string, JsonSchema> } {
  const text = JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/');
  return JSON.parse(text) as JsonSchema;
}
