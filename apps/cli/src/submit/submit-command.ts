import { Command, InvalidArgumentError } from 'commander';
import type { EarshotClient } from '#client';
import { CommandError } from '../command-error.js';
import { interruptible } from '../models/interruptible.js';
import type { Terminal } from '../terminal/terminal.js';
import { submit, type SubmitOptions } from './submit.js';
import type { Source } from './submit-sources.js';

/** What the command is given from outside. */
export interface SubmitSurroundings {
  readonly client: (signal: AbortSignal) => EarshotClient;
  /** For a person; with JSON it is not where the JSON goes. */
  readonly terminal: (json: boolean | undefined) => Terminal;
  readonly printJson: (line: string) => void;
}

interface CommandOptions extends SubmitOptions {
  url: string[];
}

/** `earshot submit`: files, and what lies at addresses, as jobs. */
export function newSubmitCommand({ client, terminal, printJson }: SubmitSurroundings): Command {
  return new Command('submit')
    .description('submit files to the Earshot at EARSHOT_URL, one job a file')
    .argument('[file...]')
    .requiredOption('-m, --model <name>', 'the model that reads them, as name or name@version')
    .option(
      '-u, --url <address>',
      'an address that a worker is to fetch in place of a file; may be repeated',
      append,
      [],
    )
    .option('-w, --wait', 'wait for the results and show them')
    .option('--priority <number>', '0 to 9, 9 the most urgent (default 5)', toNumber)
    .option('--expires-in <seconds>', 'end a job that has not started by then', toNumber)
    .option('--timeout <seconds>', 'how long a job may run', toNumber)
    .option('--metadata <json>', 'an object that comes back with each job', toRecord)
    .option('--webhook <address>', 'who is told of each job: an address, or {"url": ..., "events": [...]}')
    .option('--idempotency-key <key>', 'make one job, however often this is run; for one file or address')
    .option('--json', 'print each job as one line of JSON')
    .action((files: string[], { url, ...options }: CommandOptions) => {
      const sources = [...files.map((file) => ({ file })), ...url.map((address) => ({ url: address }))];
      requireSources(sources, options);
      return interruptible((signal, forced) =>
        submit(client(forced), sources, options, { terminal: terminal(options.json), printJson, signal }),
      );
    });
}

function requireSources({ length }: readonly Source[], { idempotencyKey }: SubmitOptions): void {
  if (length === 0) throw new CommandError('name the files to submit, or addresses with --url');
  if (length > 1 && idempotencyKey !== undefined)
    throw new CommandError('--idempotency-key is for one file or address; `earshot batch` sends a folder only once');
}

function append(value: string, before: string[]): string[] {
  return [...before, value];
}

/** What it may be, the API knows. */
function toNumber(text: string): number {
  const number = Number(text.trim() || NaN);
  if (!Number.isFinite(number)) throw new InvalidArgumentError('It must be a number.');
  return number;
}

function toRecord(text: string): Record<string, unknown> {
  const refusal = new InvalidArgumentError('It must be a JSON object, such as \'{"site": "north"}\'.');
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (cause) {
    refusal.cause = cause;
  }
  throw refusal;
}
