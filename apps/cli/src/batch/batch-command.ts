import { Command } from 'commander';
import type { EarshotClient } from '#client';
import { CommandError } from '../command-error.js';
import { requireWritable } from '../files/require-writable.js';
import { interruptible } from '../models/interruptible.js';
import type { Terminal } from '../terminal/terminal.js';
import { isFile, runArchive } from './run-archive.js';
import { runBatch, type BatchOptions } from './run-batch.js';
import { kindOf } from './walk-folder.js';

export interface BatchCommandParts {
  client: () => EarshotClient;
  /** For a person; with `json` not where the JSON goes. */
  terminal: (json: boolean) => Terminal;
  printJson: (line: string) => void;
}

/** `earshot batch FOLDER --model M`, or an archive in place of the folder. */
export function newBatchCommand({ client, terminal, printJson }: BatchCommandParts): Command {
  return new Command('batch')
    .description(
      'send all recordings or images of a folder, or of a zip, tar or tar.gz archive, and wait for the results; run again within a day, it goes on where it was',
    )
    .argument('<folder>', 'or an archive')
    .requiredOption('-m, --model <name>', 'the model that reads them, as name or name@version')
    .option('-o, --out <file>', 'write the results to this file, as CSV')
    .option('--watch', 'keep taking the files that come into the folder, until Ctrl-C')
    .option('--no-reuse', 'compute anew what was computed before')
    .option('--json', 'print the batch as one line of JSON when it is over; of a watch, each of its batches')
    .action((folder: string, options: BatchOptions) =>
      interruptible(async (signal) => {
        const isOne = await isFile(folder);
        if (isOne) refuseSingle(folder, options.model);
        if (options.out !== undefined) await requireWritable(options.out);
        const run = isOne ? runArchive : runBatch;
        await run(client().batches, folder, options, {
          terminal: terminal(options.json ?? false),
          printJson,
          signal,
        });
      }),
    );
}

/** @throws CommandError if a file is one of those of which archives are made */
function refuseSingle(file: string, model: string): void {
  const kind = kindOf(file);
  if (kind === undefined) return;
  const what = { recording: 'a recording', image: 'an image' }[kind];
  throw new CommandError(`${file} is ${what}: earshot submit ${file} --model ${model}`);
}
