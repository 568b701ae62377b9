import { Command } from 'commander';

import type { ModelsClient } from '#client';
import { openClient } from '../client/open-client.js';
import { CommandError } from '../command-error.js';
import type { Terminal } from '../terminal/terminal.js';
import { addModel } from './add-model.js';
import { checkModel } from './check-model.js';
import { parseEngineName } from './engine-name.js';
import { interruptible } from './interruptible.js';
import { listModels } from './list-models.js';
import { parseModelName, requireVersion } from './model-name.js';
import { showModel } from './show-model.js';

/** What the commands are given from outside. */
export interface ModelsSurroundings {
  /** The checkout, built. */
  readonly root: string;
  /** Where the Earshot is. */
  readonly url: string;
  /** `EARSHOT_API_KEY`. */
  readonly apiKey?: string | undefined;
  /** What runs networks unless told otherwise: `EARSHOT_ENGINE`. */
  readonly engine: string;
  /** For a person; with JSON it is not where the JSON goes. */
  readonly terminal: (json: boolean | undefined) => Terminal;
  readonly printJson: (line: string) => void;
}

interface JsonOption {
  json?: boolean;
}

/** `earshot models`: the models of an Earshot, and bundles that are to become some. */
export function newModelsCommand({ root, url, apiKey, engine, terminal, printJson }: ModelsSurroundings): Command {
  const models = new Command('models').description(`models of the Earshot at EARSHOT_URL, and bundles`);
  const printing = ({ json }: JsonOption) => ({ terminal: terminal(json), printJson });
  const client = (signal?: AbortSignal) => openClient(url, { signal, apiKey }).models;

  models
    .command('add')
    .description('register a bundle, a folder or a zip or tar.gz archive of it')
    .argument('<bundle>')
    .option('--json', 'print the model as one line of JSON')
    .action((bundle: string, options: JsonOption) =>
      interruptible((signal) => addModel(client(signal), bundle, options, { root, signal, ...printing(options) })),
    );

  models
    .command('list', { isDefault: true })
    .description('show the models, their versions and aliases')
    .option('--json', 'print them as one line of JSON')
    .action((options: JsonOption) => listModels(client(), options, printing(options)));

  models
    .command('show')
    .description('show a model: its card, network, check and digest')
    .argument('<model>', 'name, name@version or name@alias')
    .option('--json', 'print it as one line of JSON')
    .action((name: string, options: JsonOption) =>
      showModel(client(), parseModelName(name), options, printing(options)),
    );

  models
    .command('alias')
    .description('let an alias, such as stable, mean a version, for jobs submitted from then on')
    .argument('<name>')
    .argument('<alias>')
    .argument('[version]')
    .option('--remove', 'take the alias away')
    .action((name: string, alias: string, version: string | undefined, { remove }: { remove?: boolean }) =>
      changeAlias(client(), { name, alias, version, remove }, terminal(false)),
    );

  models
    .command('remove')
    .description('remove a version; jobs that wait for it fail')
    .argument('<model>', 'name@version')
    .action(async (text: string) => {
      const model = requireVersion(parseModelName(text));
      await client().remove(model);
      terminal(false).line(`removed ${model.name} ${model.version}`);
    });

  models
    .command('check')
    .description('import, convert and check a bundle as registering does, and run it; needs no server')
    .argument('<bundle>', 'a folder, or a zip or tar.gz archive of it')
    .argument('[input...]', 'recordings or images that it is run on')
    .option('--engine <name>', 'what runs the network, as in EARSHOT_ENGINE', engine)
    .option('--json', 'print all that was found out as one line of JSON')
    .action((bundle: string, inputs: string[], { json, ...given }: JsonOption & { engine: string }) => {
      const options = { json, engine: parseEngineName(given.engine) };
      return interruptible((signal) => checkModel(bundle, inputs, options, { root, signal, ...printing(options) }));
    });

  return models;
}

interface AliasChange {
  name: string;
  alias: string;
  version: string | undefined;
  remove: boolean | undefined;
}

async function changeAlias(
  client: ModelsClient,
  { name, alias, version, remove }: AliasChange,
  terminal: Terminal,
): Promise<void> {
  if (Boolean(remove) === (version !== undefined))
    throw new CommandError('name the version that the alias shall mean, or --remove to take it away');
  if (version === undefined) {
    await client.removeAlias(name, alias);
    return terminal.line(`removed ${name}@${alias}`);
  }
  await client.setAlias(name, alias, version);
  terminal.line(`${name}@${alias} is ${version}`);
}
