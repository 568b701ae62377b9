import { Command, InvalidArgumentError } from 'commander';
import type { EarshotClient, Webhook } from '#client';
import { interruptible } from '../models/interruptible.js';
import { listOption } from '../completion/list-option.js';
import { toAge } from '../terminal/age.js';
import { toPlainText } from '../terminal/plain-text.js';
import { toTable, type Column } from '../terminal/table.js';
import type { Terminal } from '../terminal/terminal.js';
import { listen, type ListenOptions } from './listen.js';
import { isWebhookSecret } from './verify-event.js';

/** What the commands are given from outside. */
export interface WebhooksSurroundings {
  readonly client: () => EarshotClient;
  /** For a person; with JSON it is not where the JSON goes. */
  readonly terminal: (json: boolean | undefined) => Terminal;
  readonly printJson: (line: string) => void;
}

const allEvents = ['job.running', 'job.succeeded', 'job.failed', 'job.canceled', 'job.expired', 'batch.finished'];

/** `earshot webhooks`: who is told of jobs and batches. */
export function newWebhooksCommand({ client, terminal, printJson }: WebhooksSurroundings): Command {
  const webhooks = new Command('webhooks').description('webhooks of the Earshot at EARSHOT_URL');
  const connect = () => client().webhooks;

  webhooks
    .command('list', { isDefault: true })
    .description('show who is told of what')
    .option('--json', 'print each as one line of JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const known = await connect().list();
      if (!json) return printWebhooks(known, terminal(false));
      for (const webhook of known) printJson(JSON.stringify(webhook));
    });

  webhooks
    .command('listen')
    .description(
      'receive events on this machine and show them, until Ctrl-C; needs EARSHOT_EGRESS_ALLOW=127.0.0.1 there',
    )
    .option('-p, --port <number>', 'on which to listen at 127.0.0.1; 0: any that is free', toPort, 0)
    .option('-s, --secret <whsec>', 'register nothing, and take what is signed with this secret', toSecret)
    .addOption(
      listOption('-e, --events <list>', 'which, with commas between them', allEvents)
        .default(allEvents, 'all')
        .argParser(toWords),
    )
    .option('--json', 'print the body of each event as one line of JSON')
    .action((options: ListenOptions) =>
      interruptible((signal) => listen(connect(), options, { terminal: terminal(options.json), printJson, signal })),
    );

  return webhooks;
}

const columns: readonly Column[] = ['id', 'url', 'events', 'state', 'age'].map((title) => ({
  title,
  align: 'left',
  whole: title === 'id',
}));

function printWebhooks(known: readonly Webhook[], terminal: Terminal): void {
  if (known.length === 0) return terminal.line('There are no webhooks. Receive events here: earshot webhooks listen');
  const now = Date.now();
  const [titles = '', ...rows] = toTable(
    columns,
    known.map((webhook) => toRow(webhook, now)),
    terminal.columns,
  );
  terminal.line(terminal.paint('bold', titles));
  for (const [i, row] of rows.entries()) terminal.line(known[i]?.disabled ? terminal.paint('red', row) : row);
}

function toRow({ id, url, events, createdAt, disabled, failingSince }: Webhook, now: number): string[] {
  const failing = failingSince ? `failing for ${toAge(failingSince, now)}` : 'good';
  const state = disabled ? `disabled: ${disabled.reason}` : failing;
  return [id, toPlainText(url), events.join(','), toPlainText(state), toAge(createdAt, now)];
}

function toPort(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new InvalidArgumentError('It must be a whole number from 0 to 65535.');
  return Number(text);
}

function toSecret(text: string): string {
  if (!isWebhookSecret(text)) throw new InvalidArgumentError('It must be whsec_ and base64.');
  return text;
}

function toWords(list: string): string[] {
  return list.split(',').map((word) => word.trim());
}
