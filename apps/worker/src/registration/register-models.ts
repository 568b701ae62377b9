import type { Logger } from 'pino';
import { ComputeChild } from '../compute/compute-child.js';
import type { ComputeSetup } from '../compute/messages.js';
import { findBundles } from './find-bundles.js';

/**
 * Registers every bundle found in the folders, in a compute process of its own: importing and checking load two
 * engines that serving does not need. A bundle that is refused is said in the log and left out; the others go on.
 * Safe to repeat, and by several workers at once.
 *
 * @returns the registered versions, as `name@version`
 */
export async function registerModels(
  folders: readonly string[],
  { program, setup, log }: { program: URL; setup: ComputeSetup; log: Logger },
): Promise<string[]> {
  const bundles = await findBundles(folders);
  if (bundles.length === 0) return [];
  const child = new ComputeChild(program);
  try {
    await child.ask('setup', setup);
    const registered: string[] = [];
    for (const folder of bundles) {
      const reply = await child.ask('register', { folder });
      if (reply.ok) {
        registered.push(`${reply.name}@${reply.version}`);
        log.info({ folder, model: `${reply.name}@${reply.version}`, created: reply.created }, 'model registered');
      } else log.error({ folder, code: reply.code, detail: reply.detail }, 'model not registered');
    }
    return registered;
  } finally {
    await child.kill();
  }
}
