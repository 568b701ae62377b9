import fc, { type Arbitrary } from 'fast-check';
import type { JsonSchema } from '../apps/api/src/openapi/schema-collection.js';

/** What values are made of, besides their schema. */
export interface Surroundings {
  /** Follows a reference of the document. */
  resolve: (schema: JsonSchema) => JsonSchema;
  /** What the API knows, by the names that fields have for it. */
  known: Readonly<Record<string, unknown>>;
}

/** Values that fit a schema, often such as the API knows. @param name of the field */
export function fitting(schema: JsonSchema, around: Surroundings, name = ''): Arbitrary<unknown> {
  const made = fittingOf(schema, around);
  const known = Object.hasOwn(around.known, name) ? fc.constant(around.known[name]) : null;
  return known ? fc.oneof({ weight: 5, arbitrary: known }, { weight: 1, arbitrary: made }) : made;
}

function fittingOf(schema: JsonSchema, around: Surroundings): Arbitrary<unknown> {
  const { anyOf, enum: choices, const: only, type, default: usual, ...rest } = around.resolve(schema);
  const whole = (): Arbitrary<unknown> => {
    if (Array.isArray(anyOf)) return fc.oneof(...anyOf.map((each) => fitting(each as JsonSchema, around)));
    if (Array.isArray(choices)) return fc.constantFrom(...(choices as unknown[]));
    if (only !== undefined) return fc.constant(only);
    if (type === 'object') return objectOf(rest, around);
    if (type === 'array') return arrayOf(rest, around);
    if (type === 'string') return textOf(rest);
    if (type === 'integer' || type === 'number') return numberOf(rest, type);
    if (type === 'boolean') return fc.boolean();
    return fc.jsonValue();
  };
  return usual === undefined ? whole() : fc.oneof(fc.constant(usual), whole());
}

/** Values that hardly any schema wants. */
export const junk: Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(null, '', ' ', 0, -1, 1.5, 1e308, -0, true, [], {}, [[]], 2 ** 53, '\u0000', '\ud800', '‮', '../..'),
  fc.constantFrom('{"', '[]', 'null', 'true', '__proto__', 'constructor', 'x'.repeat(5000), '😀'.repeat(300)),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constant(Array.from({ length: 500 }, (_, i) => i)),
  fc.constant(JSON.parse('['.repeat(800) + ']'.repeat(800))),
);

/** A value that fits, spoiled in one or two places. */
export function spoiled(fit: Arbitrary<unknown>): Arbitrary<unknown> {
  return fc.oneof(
    { weight: 1, arbitrary: junk },
    {
      weight: 4,
      arbitrary: fc.tuple(fit, fc.nat(), junk, fc.constantFrom('replace', 'remove', 'add'), fc.nat()).map(spoil),
    },
  );
}

const extraNames = ['', 'extra', '__proto__', 'constructor', 'toString', 'a'.repeat(1000), 'ключ', 'model\u0000'];

function spoil([value, at, other, how, name]: [unknown, number, unknown, string, number]): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return other;
  const entries = Object.entries(value);
  const i = entries.length === 0 ? 0 : at % entries.length;
  if (how === 'add' || entries.length === 0)
    return Object.fromEntries([...entries, [extraNames[name % extraNames.length], other]]) as unknown;
  if (how === 'remove') return Object.fromEntries(entries.filter((_, place) => place !== i));
  return Object.fromEntries(entries.map(([key, old], place) => [key, place === i ? other : old]));
}

function objectOf(schema: JsonSchema, around: Surroundings): Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties, oneOf = [] } = schema;
  if (typeof additionalProperties === 'object' && Object.keys(properties as object).length === 0)
    return fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 });
  // Properties of which one must be given.
  const choices = (oneOf as { required: string[] }[]).map((choice) => choice.required);
  const withChoice = (choice: readonly string[]) => {
    const others = choices.flat().filter((name) => !choice.includes(name));
    const parts = Object.entries(properties as Record<string, JsonSchema>).filter(([name]) => !others.includes(name));
    return fc.record(Object.fromEntries(parts.map(([name, part]) => [name, fitting(part, around, name)])), {
      // Most requests need a model, wherever it is given.
      requiredKeys: [
        ...(required as string[]),
        ...choice,
        ...(parts.some(([name]) => name === 'model') ? ['model'] : []),
      ],
      noNullPrototype: true,
    });
  };
  return choices.length === 0 ? withChoice([]) : fc.oneof(...choices.map(withChoice));
}

function arrayOf({ items = {}, minItems = 0, maxItems = 3 }: JsonSchema, around: Surroundings): Arbitrary<unknown> {
  return fc.uniqueArray(fitting(items as JsonSchema, around), {
    minLength: minItems as number,
    maxLength: Math.min(maxItems as number, 3),
    comparator: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });
}

const addresses = [
  ...['https://127.0.0.1/', 'http://10.0.0.1/%zz', 'http://[::1]:9/a?b#c'],
  ...['http://user:word@127.0.0.1:9/', 'http://0x7f.1/', 'http://169.254.169.254/latest'],
];

function textOf({ pattern, format, minLength = 0, maxLength = 60 }: JsonSchema): Arbitrary<string> {
  // Names would be looked up.
  if (format === 'uri')
    return fc.oneof(
      { weight: 3, arbitrary: fc.constant('http://127.0.0.1:9/a.wav') },
      { weight: 1, arbitrary: fc.constantFrom(...addresses) },
    );
  // fast-check does not know all properties of Unicode.
  if (typeof pattern === 'string' && !pattern.includes('\\p'))
    return fc.stringMatching(new RegExp(pattern, 'u'), { size: 'small' });
  const most = Math.min(maxLength as number, 60);
  return fc.string({ minLength: minLength as number, maxLength: most, unit: 'grapheme' });
}

function numberOf({ minimum, exclusiveMinimum, maximum }: JsonSchema, type: string): Arbitrary<number> {
  const least = Number(minimum ?? exclusiveMinimum ?? -1e6);
  const most = Number(maximum ?? 1e6);
  if (type === 'integer') return fc.integer({ min: least, max: most });
  return fc.double({ min: least, max: most, noNaN: true }).map((value) => Math.round(value * 1000) / 1000);
}

/** As it is written in a query or a form. */
export function toText(value: unknown): string {
  return typeof value === 'string' ? value : Array.isArray(value) ? value.join(',') : JSON.stringify(value);
}
