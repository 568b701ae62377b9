import { Command, InvalidArgumentError } from 'commander';
import type { EarshotClient, OwnLimits } from '#client';
import { toTable, type Column } from '../terminal/table.js';
import type { Terminal } from '../terminal/terminal.js';

/** What the commands are given from outside. */
export interface LimitsSurroundings {
  readonly client: () => EarshotClient;
  /** For a person; with JSON it is not where the JSON goes. */
  readonly terminal: (json: boolean | undefined) => Terminal;
  readonly printJson: (line: string) => void;
}

interface SetOptions {
  rate?: string;
  jobs?: number | typeof none;
  bytes?: number | typeof none;
  json?: boolean;
}

/** How no limit is written; commander knows no null. */
const none = 'none';

/** `earshot limits`: what single owners may have and do instead of what the settings say. */
export function newLimitsCommand({ client, terminal, printJson }: LimitsSurroundings): Command {
  const limits = new Command('limits').description(
    'limits of single owners at the Earshot at EARSHOT_URL; EARSHOT_API_KEY must have the scope admin',
  );
  const print = (own: OwnLimits, json: boolean | undefined) =>
    json ? printJson(JSON.stringify(own)) : printLimits(own, terminal(false));

  limits
    .command('show')
    .description('show the limits that an owner has of its own')
    .argument('<owner>', 'its name, such as acme')
    .option('--json', 'print them as one line of JSON')
    .action(async (owner: string, { json }: { json?: boolean }) => print(await client().limits.get(owner), json));

  limits
    .command('set')
    .description('replace the limits of an owner: what is left out is as the settings say, none is no limit')
    .argument('<owner>', 'its name, such as acme')
    .option('-r, --rate <requests/seconds>', 'requests in so many seconds, such as 500/10')
    .option('-j, --jobs <number>', 'unfinished jobs', toCount)
    .option('-b, --bytes <number>', 'bytes of inputs, uploads and results', toCount)
    .option('--json', 'print them as one line of JSON')
    .action(async (owner: string, { rate, jobs, bytes, json }: SetOptions) => {
      const asked = { rateLimit: toLimit(rate), quotaJobs: toLimit(jobs), quotaBytes: toLimit(bytes) };
      print(await client().limits.set(owner, asked), json);
    });

  return limits;
}

const columns: readonly Column[] = ['owner', 'rate', 'jobs', 'bytes'].map((title) => ({ title, align: 'left' }));

function printLimits({ owner, rateLimit, quotaJobs, quotaBytes }: OwnLimits, terminal: Terminal): void {
  const [titles = '', row = ''] = toTable(
    columns,
    [[owner, ...[rateLimit, quotaJobs, quotaBytes].map(limitWords)]],
    terminal.columns,
  );
  terminal.line(terminal.paint('bold', titles));
  terminal.line(row);
}

function limitWords(limit: string | number | null | undefined): string {
  return limit === undefined ? 'as the settings say' : String(limit ?? 'no limit');
}

function toLimit<Limit>(limit: Limit | typeof none | undefined): Limit | null | undefined {
  return limit === none ? null : limit;
}

function toCount(text: string): number | typeof none {
  if (text === none) return none;
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It must be a whole number, or none.');
  return Number(text);
}
