import type { Job, JobsClient, JobsFilter } from '#client';
import { labelWords, scoreWords } from '../client/result-words.js';
import { toAge } from '../terminal/age.js';
import { toPlainText } from '../terminal/plain-text.js';
import { toTable, type Column } from '../terminal/table.js';
import type { Terminal } from '../terminal/terminal.js';

const mostOfPage = 100;

export interface ListJobsOptions extends Pick<JobsFilter, 'model' | 'batch'> {
  /** Some, with commas between them. */
  status?: string;
  limit: number;
  /** Print each job as one line of JSON, as its page comes. */
  json?: boolean;
}

/** Where a command that asks about jobs prints. */
export interface Printing {
  /** For a person; with JSON not where the JSON goes. */
  readonly terminal: Terminal;
  readonly printJson: (line: string) => void;
}

const columns: readonly Column[] = [
  { title: 'id', align: 'left', whole: true },
  { title: 'status', align: 'left' },
  { title: 'model', align: 'left' },
  { title: 'label or error', align: 'left' },
  { title: 'score', align: 'right' },
  { title: 'age', align: 'right' },
];

/** Shows jobs, the newest first. */
export async function listJobs(
  client: JobsClient,
  { limit, json, status, ...filter }: ListJobsOptions,
  { terminal, printJson }: Printing,
): Promise<void> {
  const jobs: Job[] = [];
  // Which there are, the API knows.
  const statuses = status?.split(',') as JobsFilter['status'];
  let left = limit;
  for await (const job of client.list({ ...filter, status: statuses, limit: Math.min(limit, mostOfPage) })) {
    if (json) printJson(JSON.stringify(job));
    else jobs.push(job);
    if (--left === 0) break;
  }
  if (json) return;
  if (jobs.length === 0) return terminal.line('There are no such jobs.');
  const now = Date.now();
  const [titles = '', ...rows] = toTable(
    columns,
    jobs.map((job) => toRow(job, now)),
    terminal.columns,
  );
  terminal.line(terminal.paint('bold', titles));
  for (const [i, row] of rows.entries()) terminal.line(paintByStatus(terminal, jobs[i]?.status, row));
}

/** What failed in red, what nobody waits for any more dim. */
export function paintByStatus(terminal: Terminal, status: Job['status'] | undefined, text: string): string {
  if (status === 'failed') return terminal.paint('red', text);
  return status === 'canceled' || status === 'expired' ? terminal.paint('dim', text) : text;
}

function toRow({ id, status, model, result, error, timings }: Job, now: number): string[] {
  const said = error ? error.code : labelWords(result);
  const name = `${model.name}@${model.version}`;
  return [id, status, name, toPlainText(said), scoreWords(result?.score), toAge(timings.createdAt, now)];
}
