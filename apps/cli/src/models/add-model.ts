import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';

import type { Model, ModelsClient } from '#client';
import type { Terminal } from '../terminal/terminal.js';
import { readCardName } from './bundle-card.js';
import { listBundleFiles } from './bundle-files.js';
import { toFolder, type Printing } from './check-model.js';
import type { CheckProcessOptions } from './check-process.js';
import { checkWords, megabytes } from './model-words.js';
import { packBundle } from './pack-bundle.js';
import { withTemporaryFolder } from './with-temporary-folder.js';

const tickMs = 1000;

/**
 * Hands a bundle to an Earshot and waits until it is registered, under the name and version of its card.
 *
 * @param bundle a folder, which is packed, or an archive of it, which is sent as it is
 * @throws CommandError if it is no bundle, EarshotProblem if Earshot refuses it
 */
export async function addModel(
  models: ModelsClient,
  bundle: string,
  options: { json?: boolean },
  { terminal, printJson, ...how }: CheckProcessOptions & Printing,
): Promise<void> {
  const { model, created } = await withTemporaryFolder(async (temporary) => {
    terminal.phase(`Packing ${bundle} ...`);
    const folder = await toFolder(bundle, join(temporary, 'bundle'), how);
    const card = await readCardName(folder, bundle);
    const archive = folder === bundle ? join(temporary, 'bundle.tar.gz') : bundle;
    if (folder === bundle) await packBundle(await listBundleFiles(folder), archive, how.signal);
    const { size } = await stat(archive);
    const stop = showSeconds(terminal, `Sending ${card.name} ${card.version} (${megabytes(size)}) and waiting`);
    try {
      return await models.register(card, await openAsBlob(archive));
    } finally {
      stop();
    }
  });
  terminal.clearProgress();
  if (options.json) printJson(JSON.stringify({ created, ...model }));
  else terminal.line(addedLine(terminal, model, created));
}

/** Shows how long it has taken so far, each second. */
function showSeconds(terminal: Terminal, what: string): () => void {
  const start = performance.now();
  terminal.phase(`${what} ...`);
  const timer = setInterval(() => {
    terminal.progress(`${what} ... ${Math.round((performance.now() - start) / 1000)} s`);
  }, tickMs);
  return () => clearInterval(timer);
}

function addedLine(terminal: Terminal, { name, version, digest, check }: Model, created: boolean): string {
  const what = created ? terminal.paint('green', 'registered') : 'was there already:';
  return `${what} ${name} ${version}  ${digest}${check ? `  ${checkWords(check)}` : ''}`;
}
