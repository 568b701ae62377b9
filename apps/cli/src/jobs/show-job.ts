import type { Job, JobsClient } from '#client';
import { labelWords, scoreWords } from '../client/result-words.js';
import { toPlainText } from '../terminal/plain-text.js';
import type { Terminal } from '../terminal/terminal.js';
import { paintByStatus, type Printing } from './list-jobs.js';

const mostScores = 5;

/** Shows all that a person asks about one job. */
export async function showJob(
  client: JobsClient,
  id: string,
  options: { json?: boolean },
  { terminal, printJson }: Printing,
): Promise<void> {
  const job = await client.get(id);
  if (options.json) return printJson(JSON.stringify(job));
  terminal.line(`${terminal.paint('bold', job.id)}  ${paintByStatus(terminal, job.status, job.status)}`);
  for (const [title, text] of toFacts(job)) terminal.line(`${title.padEnd(9)}  ${toPlainText(text)}`);
  printScores(terminal, job);
}

function toFacts(job: Job): [string, string][] {
  const { model, result, error, batch, attempts, timings, queuePosition, estimatedStartAt } = job;
  const score = result?.score == null ? '' : `  ${scoreWords(result.score)}`;
  const facts: [string, string | null | undefined][] = [
    ['model', `${model.name}@${model.version}`],
    ['input', inputWords(job.input)],
    ['batch', batch],
    ['label', result && `${labelWords(result)}${score}`],
    ['error', error && `${error.code}: ${error.detail}`],
    ['created', timings.createdAt],
    ['started', timings.startedAt],
    ['finished', timings.finishedAt],
    ['times', timesWords(timings)],
    ['attempts', String(attempts)],
    ['position', queuePosition == null ? null : String(queuePosition)],
    ['begins', estimatedStartAt && `about ${estimatedStartAt}`],
  ];
  return facts.filter((fact): fact is [string, string] => Boolean(fact[1]));
}

function inputWords({ filename, contentType, bytes }: Job['input']): string {
  const parts = [filename, contentType, bytes == null ? null : `${bytes} bytes`];
  return parts.filter((part) => part != null).join(', ');
}

function timesWords({ queueMs, decodeMs, featuresMs, inferenceMs, totalMs }: Job['timings']): string {
  const times = { queue: queueMs, decode: decodeMs, features: featuresMs, inference: inferenceMs, total: totalMs };
  return Object.entries(times)
    .filter((entry): entry is [string, number] => entry[1] != null)
    .map(([name, ms]) => `${name} ${ms.toFixed(1)} ms`)
    .join(', ');
}

function printScores(terminal: Terminal, { result }: Job): void {
  const scores = (result?.scores ?? []).toSorted((a, b) => b.score - a.score).slice(0, mostScores);
  for (const [i, { label, score }] of scores.entries())
    terminal.line(`${(i === 0 ? 'scores' : '').padEnd(9)}  ${scoreWords(score).padStart(8)}  ${toPlainText(label)}`);
}
