import { Argument, Command } from 'commander';
import type { Output } from '../terminal/terminal.js';
import { shells, toScript, type Shell } from './scripts.js';
import { placesOf } from './words.js';

/** `earshot completion`: what a shell needs to complete the commands of `program`, made from them. */
export function newCompletionCommand(program: Command, stdout: Output): Command {
  return new Command('completion')
    .description('print a script that completes earshot in a shell: eval "$(earshot completion bash)"')
    .addArgument(new Argument('<shell>', 'the shell').choices(shells))
    .action((shell: Shell) => void stdout.write(toScript(shell, placesOf(program))));
}
