import { EarshotProblem } from '#client';
import { problemWords } from '../client/problem-words.js';
import { CommandError } from '../command-error.js';
import type { Terminal } from '../terminal/terminal.js';

/**
 * Does the same to each job, one after the other. A refusal is said, and does not stop the others.
 *
 * @throws CommandError if any was refused
 */
export async function changeJobs(
  ids: readonly string[],
  change: (id: string) => Promise<void>,
  terminal: Terminal,
): Promise<void> {
  let refused = 0;
  for (const id of ids) {
    try {
      await change(id);
    } catch (error) {
      if (!(error instanceof EarshotProblem)) throw error;
      refused += 1;
      terminal.line(terminal.paint('red', `${id}: ${error.code}: ${problemWords(error)}`));
    }
  }
  if (refused > 0) throw new CommandError(`${refused} of ${ids.length} jobs stay as they were`);
}
