import { alternatives, type JsonSchema } from './json-schema.js';
import { code, valueText } from './value-text.js';

/** A field of a card, in words. */
export interface FieldRow {
  /** From the card's top: `features.fit.frames`. */
  path: string;
  /** What it may be. */
  value: string;
  /** What it is when it is not given, or that it must be. */
  default: string;
  meaning: string;
}

/**
 * Every field below a schema, in its order. Of a union of objects that differ in `kind`, a field that only some of them
 * have says so.
 *
 * @param path of the schema itself
 */
export function fieldRows(schema: JsonSchema, path: string): FieldRow[] {
  const variants = alternatives(schema).filter(({ properties }) => properties?.['kind']?.const !== undefined);
  if (variants.length > 0) return mergedRows(variants, path);
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const isRequired = schema.required?.includes(name) ?? false;
    return rowsOf(field, path === '' ? name : `${path}.${name}`, isRequired);
  });
}

function rowsOf(field: JsonSchema, path: string, isRequired: boolean): FieldRow[] {
  const below = fieldRows(field, path);
  // A map that need not be described is no more than what its fields say.
  return below.length > 0 && field.description === undefined ? below : [ownRow(field, path, isRequired), ...below];
}

function ownRow(field: JsonSchema, path: string, isRequired: boolean): FieldRow {
  const { meaning, usual } = inParts(field.description);
  const given = field.default === undefined ? usual : code(field.default);
  return {
    path,
    value: alternatives(field).some(({ properties }) => properties) ? 'map' : valueText(field),
    default: given ?? (isRequired ? 'must be given' : 'none'),
    meaning,
  };
}

/** A description may end in a default that the schema does not fill in, but the code that reads it does. */
function inParts(description = ''): { meaning: string; usual: string | undefined } {
  const [, meaning = '', usual] = /^(.*?)(?:[;.] default:? (.*?))?\.?$/is.exec(description) ?? [];
  return { meaning, usual };
}

function mergedRows(variants: readonly JsonSchema[], path: string): FieldRow[] {
  const kinds = variants.map(({ properties }) => properties!['kind']!);
  const kindRow: FieldRow = {
    path: `${path}.kind`,
    value: kinds.map((kind) => code(kind.const)).join(', '),
    default: 'must be given',
    meaning: kinds.map((kind) => `${code(kind.const)}: ${inParts(kind.description).meaning}`).join('; '),
  };
  const merged = new Map<string, { row: FieldRow; of: JsonSchema[] }>();
  variants.forEach((variant, index) => {
    for (const row of fieldRows(variant, path).filter((each) => each.path !== kindRow.path)) {
      const key = JSON.stringify(row);
      const known = merged.get(key) ?? { row, of: [] };
      merged.set(key, { row, of: [...known.of, kinds[index]!] });
    }
  });
  const rows = [...merged.values()].map(({ row, of }) =>
    of.length === kinds.length
      ? row
      : { ...row, meaning: `${of.map((kind) => code(kind.const)).join(' and ')} only: ${row.meaning}` },
  );
  return [kindRow, ...rows];
}
