import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { EngineName } from '#models/engine-names';
import { CommandError } from '../command-error.js';
import { statOf } from '../files/stat-of.js';
import type { Terminal } from '../terminal/terminal.js';
import {
  convertBundle,
  measureModel,
  unpackArchive,
  type CheckProcessOptions,
  type Measurement,
} from './check-process.js';
import type { CheckedInput, CheckedModel, MeasuredModel } from './check-reply.js';
import { toCheckLines } from './check-table.js';
import { checkWords, megabytes, networkWords } from './model-words.js';
import { withTemporaryFolder } from './with-temporary-folder.js';

export interface CheckOptions {
  /** Print all that was found out as one line of JSON. */
  readonly json?: boolean;
  /** What runs the network, as in EARSHOT_ENGINE. */
  readonly engine: EngineName;
}

interface Checked {
  registered: CheckedModel;
  measured: MeasuredModel;
  inputs: CheckedInput[];
}

/** Where a command's words go. */
export interface Printing {
  readonly terminal: Terminal;
  readonly printJson: (line: string) => void;
}

/**
 * Imports, converts and checks a bundle exactly as registering does, and runs it, without a server: nothing is
 * registered anywhere. It is loaded in a second process, where only the model adds to memory.
 *
 * @param bundle a folder or an archive of it
 * @throws CommandError if an input is no file, before anything is done; if the bundle is refused, or an input has no
 *   result
 */
export async function checkModel(
  bundle: string,
  inputs: readonly string[],
  options: CheckOptions,
  { terminal, printJson, ...how }: CheckProcessOptions & Printing,
): Promise<void> {
  for (const input of inputs) await requireFile(input);
  const checked = await withTemporaryFolder(async (temporary) => {
    const folder = await toFolder(bundle, join(temporary, 'bundle'), how);
    const store = join(temporary, 'store');
    terminal.phase('Importing, converting and checking the weights ...');
    const registered = await convertBundle(folder, store, how);
    terminal.phase('Running the network ...');
    const { name, version } = registered.record;
    const measurement = { store, model: { name, version }, engine: options.engine, inputs };
    const showDone = (done: number) => terminal.progress(`${done} of ${inputs.length} inputs done ...`);
    return { registered, ...(await measure(measurement, how, showDone)) };
  });
  terminal.clearProgress();
  if (options.json) printJson(toJson(checked));
  else printForPerson(terminal, checked);
  const failed = checked.inputs.filter((input) => 'failure' in input);
  for (const { file, failure } of failed)
    terminal.line(terminal.paint('red', `${file}: ${failure.code}: ${failure.detail}`));
  if (failed.length > 0) throw new CommandError(`${failed.length} of ${inputs.length} inputs have no result`);
}

/** The folder of a bundle; an archive is unpacked for it. */
export async function toFolder(bundle: string, into: string, options: CheckProcessOptions): Promise<string> {
  const found = await statOf(bundle);
  if (found.isDirectory()) return bundle;
  await mkdir(into);
  await unpackArchive(bundle, into, options);
  return into;
}

async function requireFile(input: string): Promise<void> {
  if ((await statOf(input)).isDirectory())
    throw new CommandError(`${input} is a folder; name the recordings or images in it, such as ${join(input, '*')}`);
}

async function measure(
  measurement: Measurement,
  options: CheckProcessOptions,
  showDone: (done: number) => void,
): Promise<Omit<Checked, 'registered'>> {
  const inputs: CheckedInput[] = [];
  let measured: MeasuredModel | undefined;
  for await (const reply of measureModel(measurement, options)) {
    if (reply.type === 'loaded') measured = reply;
    else showDone(inputs.push(reply));
  }
  return { measured: measured as MeasuredModel, inputs };
}

function printForPerson(terminal: Terminal, { registered, measured, inputs }: Checked): void {
  const { record, milliseconds } = registered;
  const { engine, loadMs, networkMs, addedBytes } = measured;
  terminal.line(terminal.paint('bold', `${record.name} ${record.version}  ${record.digest}`));
  terminal.line(`imported  ${networkWords(record.network)}; ${milliseconds.toFixed(0)} ms with the check`);
  terminal.line(`checked   ${checkWords(record.check)}`);
  terminal.line(`loaded    ${engine}, ${loadMs.toFixed(0)} ms, ${megabytes(addedBytes)} of memory`);
  terminal.line(`network   ${networkMs.toFixed(3)} ms for one input, warm`);
  const predicted = inputs.filter((input) => 'prediction' in input);
  if (predicted.length === 0) return;
  terminal.line();
  for (const line of toCheckLines(predicted, terminal.columns)) terminal.line(line);
}

function toJson({ registered, measured, inputs }: Checked): string {
  const { record, milliseconds: registerMs } = registered;
  const { engine, loadMs, networkMs, addedBytes } = measured;
  const results = inputs.map((input) => ({ ...input, type: undefined }));
  return JSON.stringify({ record, registerMs, engine, loadMs, networkMs, addedBytes, inputs: results });
}
