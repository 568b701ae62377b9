import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { errorTable } from '#jobs';
import type { RegisterReply } from '../compute/messages.js';
import { findBundles } from './find-bundles.js';
import { registerOnce, type RegisterParts } from './register-once.js';

/** The wait before a bundle is tried again that failed for a passing reason, such as a store that is away. */
const retryMs = 2000;

export interface RegistrationParts extends RegisterParts {
  /** Labels of the queues this worker takes jobs from. */
  queues: readonly string[];
  log: Logger;
}

/**
 * Registers every bundle found in the folders. One that is refused is said in the log and left out; the others go on.
 * Safe to repeat, and by several workers at once.
 *
 * @returns the registered versions, as `name@version`
 */
export async function registerModels(folders: readonly string[], parts: RegistrationParts): Promise<string[]> {
  const { queues, log } = parts;
  const registered: string[] = [];
  for (const folder of await findBundles(folders)) {
    const reply = await registerUntilDecided(folder, parts);
    if (reply.ok) {
      const model = `${reply.name}@${reply.version}`;
      registered.push(model);
      log.info({ folder, model, created: reply.created }, 'model registered');
      if (!queues.includes(reply.queue))
        log.warn({ model, queue: reply.queue, queues }, 'this worker takes no jobs of that queue; see EARSHOT_QUEUES');
    } else log.error({ folder, code: reply.code, detail: reply.detail }, 'model not registered');
  }
  return registered;
}

async function registerUntilDecided(folder: string, parts: RegistrationParts): Promise<RegisterReply> {
  for (;;) {
    const reply = await registerOnce({ folder }, parts);
    if (reply.ok || !errorTable[reply.code].passing) return reply;
    parts.log.warn({ folder, code: reply.code, detail: reply.detail }, 'model not registered yet; trying again');
    await delay(retryMs);
  }
}
