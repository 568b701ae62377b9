import { basename } from 'node:path';
import { isFinished } from '#client';
import { computeMs } from '../client/compute-ms.js';
import { problemWords } from '../client/problem-words.js';
import { labelWords, scoreWords } from '../client/result-words.js';
import type { Terminal } from '../terminal/terminal.js';
import { toTable, type Column } from '../terminal/table.js';
import type { Submission } from './submit-sources.js';

const columns: readonly Column[] = [
  { title: 'file', align: 'left' },
  { title: 'label', align: 'left' },
  { title: 'score', align: 'right' },
  { title: 'queue ms', align: 'right' },
  { title: 'compute ms', align: 'right' },
];

/** Prints one row a file with its label, score and times; a file without a result shows its status instead. */
export function printJobTable(terminal: Terminal, submissions: readonly Submission[]): void {
  const [titles = '', ...rows] = toTable(columns, submissions.map(toRow), terminal.columns);
  terminal.line(terminal.paint('bold', titles));
  for (const [i, row] of rows.entries())
    terminal.line(submissions[i]?.job?.status === 'succeeded' ? row : terminal.paint('red', row));
}

/** Prints why files have no result and will get none, one line each, and returns how many there are. */
export function printFailures(terminal: Terminal, submissions: readonly Submission[]): number {
  const failures = submissions.filter(({ job }) => !job || (isFinished(job) && job.status !== 'succeeded'));
  for (const { file, job, refusal } of failures) {
    const { code, detail } = refusal ? { code: refusal.code, detail: problemWords(refusal) } : reasonOf(job);
    terminal.line(terminal.paint('red', `${file}: ${code}: ${detail}`));
  }
  return failures.length;
}

function reasonOf(job: Submission['job']): { code: string; detail: string } {
  return { code: job?.error?.code ?? job?.status ?? 'unknown', detail: job?.error?.detail ?? 'no reason was given' };
}

function toRow({ file, job }: Submission): string[] {
  const { result, timings } = job ?? {};
  const label = job?.status === 'succeeded' ? labelWords(result) : (job?.status ?? 'refused');
  const score = scoreWords(result?.score);
  return [basename(file), label, score, toMs(timings?.queueMs), toMs(job && computeMs(job))];
}

function toMs(ms: number | null | undefined): string {
  return ms == null ? '-' : ms.toFixed(1);
}
