import { engineNames, type EngineName } from '#models/engine-names';
import { CommandError } from '../command-error.js';

/** @throws CommandError that lists the engines there are */
export function parseEngineName(text: string): EngineName {
  const name = engineNames.find((engine) => engine === text);
  if (name) return name;
  throw new CommandError(`there is no engine ${text}; there are ${engineNames.join(', ')}`);
}
