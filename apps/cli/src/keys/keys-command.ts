import { Command } from 'commander';
import type { EarshotClient, Key, KeyRequest } from '#client';
import { listOption } from '../completion/list-option.js';
import { toTable, type Column } from '../terminal/table.js';
import type { Terminal } from '../terminal/terminal.js';

/** What the commands are given from outside. */
export interface KeysSurroundings {
  readonly client: () => EarshotClient;
  /** For a person; with JSON it is not where the JSON goes. */
  readonly terminal: (json: boolean | undefined) => Terminal;
  readonly printJson: (line: string) => void;
}

interface JsonOption {
  json?: boolean;
}

interface CreateOptions extends JsonOption {
  owner: string;
  scopes: string;
  name?: string;
}

const scopes = ['submit', 'read', 'admin', 'ops'];

/** `earshot keys`: the API keys of an Earshot. */
export function newKeysCommand({ client, terminal, printJson }: KeysSurroundings): Command {
  const keys = new Command('keys').description(
    'API keys of the Earshot at EARSHOT_URL; EARSHOT_API_KEY must have the scope admin',
  );

  keys
    .command('create')
    .description('make a key, and show it this once')
    .requiredOption('-o, --owner <name>', 'to whom belongs what is made with it')
    .addOption(
      listOption('-s, --scopes <list>', 'what it may be used for, with commas between them', scopes).default(
        'submit,read',
      ),
    )
    .option('-n, --name <text>', 'what it is for')
    .option('--json', 'print it as one line of JSON')
    .action(async ({ owner, scopes, name, json }: CreateOptions) => {
      const made = await client().keys.create({ owner, scopes: toWords(scopes) as KeyRequest['scopes'], name });
      if (json) return printJson(JSON.stringify(made));
      // Alone on its stream, so that KEY=$(earshot keys create ...) holds the key and nothing else.
      printJson(made.key);
      terminal(true).line(`${made.id} of ${owner}, for ${made.scopes.join(', ')}; the key is not shown again`);
    });

  keys
    .command('list', { isDefault: true })
    .description('show the keys, without the keys themselves')
    .option('--json', 'print them as one line of JSON')
    .action(async ({ json }: JsonOption) => {
      const known = await client().keys.list();
      if (json) return printJson(JSON.stringify({ keys: known }));
      printKeys(known, terminal(false));
    });

  keys
    .command('revoke')
    .description('end a key for good; it is refused within a few seconds')
    .argument('<id>', 'as in the list, such as key_01M7ZQCHZ0R5736ND41RANSVKW')
    .action(async (id: string) => {
      await client().keys.revoke(id);
      terminal(false).line(`revoked ${id}`);
    });

  return keys;
}

const columns: readonly Column[] = ['id', 'owner', 'scopes', 'name', 'created', 'last used', 'state'].map((title) => ({
  title,
  align: 'left',
  whole: title === 'id',
}));

function printKeys(known: readonly Key[], terminal: Terminal): void {
  if (known.length === 0) return terminal.line('There are no keys. Make one: earshot keys create --owner NAME');
  const [titles = '', ...rows] = toTable(columns, known.map(toRow), terminal.columns);
  terminal.line(terminal.paint('bold', titles));
  for (const row of rows) terminal.line(row);
}

function toRow({ id, owner, scopes, name, createdAt, lastUsedAt, revokedAt }: Key): string[] {
  const state = revokedAt ? `revoked ${toMinute(revokedAt)}` : 'good';
  return [id, owner, scopes.join(','), name ?? '-', toMinute(createdAt), toMinute(lastUsedAt), state];
}

/** Such as `2026-11-21 18:50`, UTC. */
function toMinute(time: string | null | undefined): string {
  return time ? time.slice(0, 16).replace('T', ' ') : 'never';
}

function toWords(list: string): string[] {
  return list
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
