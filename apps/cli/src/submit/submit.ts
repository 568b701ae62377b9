import type { EarshotClient, JobFields, OnceOptions } from '#client';
import { CommandError } from '../command-error.js';
import { statOf } from '../files/stat-of.js';
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

export interface SubmitPlace {
  /** For a person; with `json` it must not be where the JSON goes. */
  readonly terminal: Terminal;
  /** Takes the lines that `json` asks for. */
  readonly printJson: (line: string) => void;
  /** Aborts at Ctrl-C: what is under way is sent, nothing more is begun, no result is waited for. */
  readonly signal?: AbortSignal;
}

/**
 * Submits files and addresses to an Earshot that runs, one job each. Whatever stops it, the jobs made so far are printed.
 *
 * @throws CommandError if one is no file, before anything is sent; if one was refused or, when waited for, has no result
 */
export async function submit(
  client: EarshotClient,
  sources: readonly Source[],
  { wait = false, json = false, idempotencyKey, ...fields }: SubmitOptions,
  { terminal, printJson, signal }: SubmitPlace,
): Promise<void> {
  await requireFiles(sources, fields);
  const print = (made: readonly Submission[], asTable: boolean) => {
    if (json) for (const { job } of made) if (job) printJson(JSON.stringify(job));
    if (!json) printForPerson(terminal, made, asTable);
    return printFailures(terminal, made);
  };
  const onStop = () => terminal.phase('Stopping once what is under way is sent; Ctrl-C again: at once ...');
  signal?.addEventListener('abort', onStop, { once: true });
  let known: readonly Submission[] = [];
  try {
    const onSubmission = (submission: Submission) => (known = [...known, submission]);
    known = await submitSources(client, sources, fields, { idempotencyKey, signal, onSubmission });
    const onProgress = (done: number, current: readonly Submission[]) => {
      known = current;
      terminal.progress(`${done} of ${sources.length} done ...`);
    };
    if (wait) known = await finishJobs(client, known, onProgress, signal);
  } catch (error) {
    terminal.clearProgress();
    print(known, false);
    throw error;
  }
  const failed = print(known, wait);
  if (failed > 0) throw new CommandError(`${failed} of ${sources.length} files have no result`);
}

/** As jobs of some would be made again when the command is repeated, all are looked at before the first is sent. */
async function requireFiles(sources: readonly Source[], { model }: JobFields): Promise<void> {
  for (const source of sources)
    if ('file' in source && (await statOf(source.file)).isDirectory())
      throw new CommandError(`${source.file} is a folder: earshot batch ${source.file} --model ${model}`);
}

function printForPerson(terminal: Terminal, submissions: readonly Submission[], asTable: boolean): void {
  if (asTable) return printJobTable(terminal, submissions);
  for (const { file, job } of submissions) if (job) terminal.line(`${job.id}  ${job.status}  ${file}`);
}
