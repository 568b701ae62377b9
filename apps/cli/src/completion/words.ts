import type { Argument, Command, Option } from 'commander';

/** What may follow at one place of the command line. */
export interface Place {
  /** The commands before it, such as `jobs list`; empty after `earshot` itself. */
  readonly path: string;
  /** Commands, options and the values of its arguments, each with what it does. */
  readonly words: readonly { readonly word: string; readonly meaning: string }[];
  /** Options after which a value comes. */
  readonly valued: readonly string[];
  /** Of those, the ones whose values are known, some with commas between them. */
  readonly listed: readonly { readonly flags: readonly string[]; readonly values: readonly string[] }[];
  /** Whether an argument comes here that may be a file, and is offered before options. */
  readonly takesFile: boolean;
}

/** All places of a program, the outermost first. */
export function placesOf(program: Command, path = ''): Place[] {
  const help = program.createHelp();
  const commands = help.visibleCommands(program);
  const options = help.visibleOptions(program);
  const place = {
    path,
    words: [
      ...commands.map((command) => ({ word: command.name(), meaning: command.description() })),
      ...program.registeredArguments.flatMap(choicesOf),
      ...options.flatMap((option) => flagsOf(option).map((word) => ({ word, meaning: option.description }))),
    ],
    valued: options.filter(({ required, optional }) => required || optional).flatMap(flagsOf),
    listed: options.flatMap((option) =>
      option.argChoices ? [{ flags: flagsOf(option), values: option.argChoices }] : [],
    ),
    takesFile: program.registeredArguments.some(({ argChoices }) => argChoices === undefined),
  };
  const deeper = commands.filter((command) => command.name() !== 'help');
  return [place, ...deeper.flatMap((command) => placesOf(command, `${path} ${command.name()}`.trim()))];
}

function choicesOf({ argChoices, description }: Argument): Place['words'] {
  return (argChoices ?? []).map((word) => ({ word, meaning: description }));
}

function flagsOf({ short, long }: Option): string[] {
  return [short, long].filter((flag) => flag != null);
}
