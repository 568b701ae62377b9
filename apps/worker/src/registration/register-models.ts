import type { Logger } from 'pino';
import { ComputeChild, ComputeChildLostError } from '../compute/compute-child.js';
import type { ComputeSetup, RegisterReply } from '../compute/messages.js';
import { findBundles } from './find-bundles.js';

export interface RegistrationParts {
  /** The compiled compute.process.js. */
  program: URL;
  setup: ComputeSetup;
  log: Logger;
}

/**
 * Registers every bundle found in the folders, each in a compute process of its own: importing and checking load two
 * engines that serving does not need, and a file made to crash its reader ends that process alone. A bundle that is
 * refused is said in the log and left out; the others go on. Safe to repeat, and by several workers at once.
 *
 * @returns the registered versions, as `name@version`
 */
export async function registerModels(folders: readonly string[], parts: RegistrationParts): Promise<string[]> {
  const registered: string[] = [];
  for (const folder of await findBundles(folders)) {
    const reply = await registerBundleIn(folder, parts);
    if (reply.ok) {
      const model = `${reply.name}@${reply.version}`;
      registered.push(model);
      parts.log.info({ folder, model, created: reply.created }, 'model registered');
    } else parts.log.error({ folder, code: reply.code, detail: reply.detail }, 'model not registered');
  }
  return registered;
}

async function registerBundleIn(folder: string, { program, setup }: RegistrationParts): Promise<RegisterReply> {
  const child = new ComputeChild(program);
  try {
    await child.ask('setup', setup);
    return await child.ask('register', { folder });
  } catch (error) {
    if (!(error instanceof ComputeChildLostError)) throw error;
    return { ok: false, code: 'model_refused', detail: `The process that read the bundle was lost: ${error.message}.` };
  } finally {
    await child.kill();
  }
}
