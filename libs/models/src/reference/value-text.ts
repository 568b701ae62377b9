import { alternatives, type JsonSchema } from './json-schema.js';

/** What a field may be, in words: `whole number, 16 to 65,536`. */
export function valueText(schema: JsonSchema): string {
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum) return schema.enum.map(code).join(', ');
  const options = alternatives(schema);
  if (options.length > 0) return options.map(valueText).join(' or ');
  switch (schema.type) {
    case 'boolean':
      return '`true`, `false`';
    case 'integer':
    case 'number':
      return [schema.type === 'integer' ? 'whole number' : 'number', rangeText(schema)].filter(Boolean).join(', ');
    case 'string':
      return schema.maxLength === undefined ? 'text' : `text, at most ${count(schema.maxLength)} characters`;
    case 'array':
      return listText(schema);
    case 'object':
      return mapText(schema);
    case undefined:
    default:
      return 'anything';
  }
}

/** Sentinels of zod for whole numbers are no limits. */
function rangeText({ minimum, exclusiveMinimum, maximum }: JsonSchema): string {
  const least = isLimit(minimum) ? count(minimum) : undefined;
  const most = isLimit(maximum) ? count(maximum) : undefined;
  if (isLimit(exclusiveMinimum))
    return [`above ${count(exclusiveMinimum)}`, most && `at most ${most}`].filter(Boolean).join(', ');
  if (least !== undefined && most !== undefined) return `${least} to ${most}`;
  if (least !== undefined) return `at least ${least}`;
  return most === undefined ? '' : `at most ${most}`;
}

function isLimit(limit: number | undefined): limit is number {
  return limit !== undefined && Math.abs(limit) < Number.MAX_SAFE_INTEGER;
}

function listText({ items = {}, prefixItems, minItems, maxItems }: JsonSchema): string {
  if (prefixItems) return `list of ${prefixItems.length}: ${prefixItems.map(valueText).join('; ')}`;
  const range = rangeText({ minimum: minItems || undefined, maximum: maxItems });
  return `list of ${[range, valueText(items)].filter(Boolean).join(': ')}`;
}

function mapText({ properties, additionalProperties }: JsonSchema): string {
  if (properties) return 'map';
  const value = typeof additionalProperties === 'object' ? valueText(additionalProperties) : 'anything';
  return `map of names to ${value === 'anything' ? value : `${value} each`}`;
}

/** A value as a card has it. */
export function code(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

function count(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 20 });
}
