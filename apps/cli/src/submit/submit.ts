import type { EarshotClient } from '../client/earshot-client.js';
import { CommandError } from '../command-error.js';
import type { Terminal } from '../terminal/terminal.js';
import { finishJobs } from './finish-jobs.js';
import { printFailures, printJobTable } from './job-table.js';
import { submitFiles, type Submission } from './submit-files.js';

export interface SubmitOptions {
  readonly model: string;
  /** Stay until every job is finished and show the results. */
  readonly wait?: boolean;
  /** Print each job as one line of JSON, in place of the list or table. */
  readonly json?: boolean;
}

/**
 * Submits files to an Earshot that runs, one job a file.
 *
 * @param terminal for a person; with `json` it must not be where the JSON goes
 * @param printJson takes the lines that `json` asks for
 * @throws CommandError if a file was refused or, when waited for, has no result
 */
export async function submit(
  client: EarshotClient,
  files: readonly string[],
  options: SubmitOptions,
  terminal: Terminal,
  printJson: (line: string) => void,
): Promise<void> {
  const submitted = await submitFiles(client, files, options.model);
  const progress = (done: number) => terminal.progress(`${done} of ${files.length} done ...`);
  const submissions = options.wait ? await finishJobs(client, submitted, progress) : submitted;
  if (options.json) for (const { job } of submissions) if (job) printJson(JSON.stringify(job));
  if (!options.json) printForPerson(terminal, submissions, options.wait ?? false);
  const failed = printFailures(terminal, submissions);
  if (failed > 0) throw new CommandError(`${failed} of ${files.length} files have no result`);
}

function printForPerson(terminal: Terminal, submissions: readonly Submission[], waited: boolean): void {
  if (waited) return printJobTable(terminal, submissions);
  for (const { file, job } of submissions) if (job) terminal.line(`${job.id}  ${job.status}  ${file}`);
}
