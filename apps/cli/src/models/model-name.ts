import { CommandError } from '../command-error.js';

/** A model, and one of its versions. */
export interface ModelName {
  readonly name: string;
  /** A version or an alias; without it whatever a job with the bare name would get. */
  readonly version?: string | undefined;
}

/** Reads `name` or `name@version`. */
export function parseModelName(text: string): ModelName {
  const at = text.indexOf('@');
  return at < 0 ? { name: text } : { name: text.slice(0, at), version: text.slice(at + 1) };
}

/** @throws CommandError if no version is named */
export function requireVersion({ name, version }: ModelName): Required<ModelName> {
  if (version) return { name, version };
  throw new CommandError(`which version? Write ${name}@1.0.0, or as \`earshot models list\` shows it`);
}
