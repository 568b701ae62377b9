import type { EarshotClient, JobFields, OnceOptions } from '#client';
import { CommandError } from '../command-error.js';
import type { Terminal } from '../terminal/terminal.js';
import { finishJobs } from './finish-jobs.js';
import { printFailures, printJobTable } from './job-table.js';
import { submitSources, type Source, type Submission } from './submit-sources.js';

export interface SubmitOptions extends JobFields, Pick<OnceOptions, 'idempotencyKey'> {
  /** Stay until every job is finished and show the results. */
  readonly wait?: boolean;
  /** Print each job as one line of JSON, in place of the list or table. */
  readonly json?: boolean;
}

/**
 * Submits files and addresses to an Earshot that runs, one job each.
 *
 * @param terminal for a person; with `json` it must not be where the JSON goes
 * @param printJson takes the lines that `json` asks for
 * @throws CommandError if one was refused or, when waited for, has no result
 */
export async function submit(
  client: EarshotClient,
  sources: readonly Source[],
  { wait = false, json = false, idempotencyKey, ...fields }: SubmitOptions,
  terminal: Terminal,
  printJson: (line: string) => void,
): Promise<void> {
  const submitted = await submitSources(client, sources, fields, { idempotencyKey });
  const progress = (done: number) => terminal.progress(`${done} of ${sources.length} done ...`);
  const submissions = wait ? await finishJobs(client, submitted, progress) : submitted;
  if (json) for (const { job } of submissions) if (job) printJson(JSON.stringify(job));
  if (!json) printForPerson(terminal, submissions, wait);
  const failed = printFailures(terminal, submissions);
  if (failed > 0) throw new CommandError(`${failed} of ${sources.length} files have no result`);
}

function printForPerson(terminal: Terminal, submissions: readonly Submission[], waited: boolean): void {
  if (waited) return printJobTable(terminal, submissions);
  for (const { file, job } of submissions) if (job) terminal.line(`${job.id}  ${job.status}  ${file}`);
}
