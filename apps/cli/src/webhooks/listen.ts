import { once } from 'node:events';
import { EarshotProblem, type WebhookEvent, type WebhookRequest, type WebhooksClient } from '#client';
import { isProblem, problemWords } from '../client/problem-words.js';
import { CommandError } from '../command-error.js';
import type { Terminal } from '../terminal/terminal.js';
import { eventWords } from './event.js';
import { withReceiver } from './receive-events.js';

export interface ListenOptions {
  /** 0: any that is free. */
  port: number;
  /** Nothing is registered; what comes is verified with this. */
  secret?: string;
  events: readonly string[];
  /** Print the body of each event as one line of JSON. */
  json?: boolean;
}

export interface ListenSurroundings {
  terminal: Terminal;
  printJson: (line: string) => void;
  /** Aborts at Ctrl-C. */
  signal: AbortSignal;
}

/** How a webhook of this command is known again that was killed before it could remove it. */
const description = 'earshot webhooks listen';

/**
 * Shows the events that an Earshot sends, until Ctrl-C.
 *
 * @throws CommandError if the Earshot does not send to this machine, or the port cannot be had
 */
export async function listen(
  client: WebhooksClient,
  { port, secret, events, json }: ListenOptions,
  { terminal, printJson, signal }: ListenSurroundings,
): Promise<void> {
  let toKnow: (secret: string) => void = () => {};
  const known = new Promise<string>((resolve) => (toKnow = resolve));
  const receiver = {
    secret: () => known,
    onEvent: (event: WebhookEvent) =>
      json ? printJson(JSON.stringify(event)) : terminal.line(eventWords(event, Date.now())),
    onFault: (fault: string) => terminal.line(terminal.paint('red', `refused: ${fault}`)),
  };
  await withReceiver(port, receiver, async (url) => {
    const toStop = signal.aborted ? Promise.resolve() : once(signal, 'abort');
    if (secret !== undefined) {
      toKnow(secret);
      terminal.line(`${url} takes what is signed with the secret, until Ctrl-C`);
      await toStop;
      return;
    }
    const webhook = await register(client, url, events);
    toKnow(webhook.secret);
    try {
      terminal.line(`${webhook.id} sends ${webhook.events.join(', ')} to ${url}, until Ctrl-C`);
      await toStop;
    } finally {
      await remove(client, webhook.id);
    }
    terminal.line(`removed ${webhook.id}`);
  });
}

async function register(client: WebhooksClient, url: string, events: readonly string[]) {
  // Whoever has the port has the address: an earlier one that is registered for it has died.
  for (const left of await client.list())
    if (left.url === url && left.description === description) await remove(client, left.id);
  try {
    return await client.register({ url, events: events as WebhookRequest['events'], description });
  } catch (cause) {
    if (!(cause instanceof EarshotProblem) || cause.code !== 'address_not_allowed') throw cause;
    const message =
      `address_not_allowed: this Earshot does not send to ${new URL(url).hostname}: start its API and workers ` +
      'with EARSHOT_EGRESS_ALLOW=127.0.0.1, on this machine';
    throw new CommandError(message, { cause });
  }
}

async function remove(client: WebhooksClient, id: string): Promise<void> {
  try {
    await client.remove(id);
  } catch (cause) {
    if (cause instanceof EarshotProblem && cause.status === 404) return;
    const message = `${id} stays registered: ${isProblem(cause) ? problemWords(cause) : (cause as Error).message}`;
    throw new CommandError(message, { cause });
  }
}
