import type { z } from 'zod';
import { settingsTable, type SettingEntry, type SettingName } from './settings-table.js';

/** Environment variables: name to text. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A schema per setting. It gets the text, the table's default when there is none, or undefined when both are missing. */
export type SettingSchemas = Partial<Record<SettingName, z.ZodType>>;

type Values<Schemas extends SettingSchemas> = { [Name in keyof Schemas]: z.output<NonNullable<Schemas[Name]>> };

/** Settings that cannot be used; `faults` has one sentence for each, and repeats no value, as it may be a secret. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(readonly faults: readonly string[]) {
    super(faults.join('; '));
  }
}

/**
 * Reads the settings named by `schemas`.
 *
 * @throws SettingsError with all faults together, unknown `EARSHOT_` names among them
 */
export function parseEnvironment<Schemas extends SettingSchemas>(env: Environment, schemas: Schemas): Values<Schemas> {
  const faults = unknownNames(env).map((name) => `${name} is no setting; see .env.example for those that are`);
  const values: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(schemas)) {
    const parsed = schema.safeParse(textOf(env, name as SettingName));
    if (parsed.success) values[name] = parsed.data;
    else faults.push(...parsed.error.issues.map(({ message }) => `${name} ${message}`));
  }
  if (faults.length > 0) throw new SettingsError(faults);
  return values as Values<Schemas>;
}

function unknownNames(env: Environment): string[] {
  return Object.keys(env)
    .filter((name) => name.startsWith('EARSHOT_') && !Object.hasOwn(settingsTable, name))
    .sort();
}

function textOf(env: Environment, name: SettingName): string | undefined {
  const entry: SettingEntry = settingsTable[name];
  return env[name]?.trim() || (entry.default ?? undefined);
}
