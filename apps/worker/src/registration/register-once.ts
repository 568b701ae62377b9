import { ComputeChild, ComputeChildLostError } from '../compute/compute-child.js';
import type { ComputeRequests, ComputeSetup, RegisterReply } from '../compute/messages.js';

/** How long one bundle may take; importing, converting and checking take well below a second for a small network. */
export const registerMs = 120_000;

export interface RegisterParts {
  /** The compiled compute.process.js. */
  program: URL;
  setup: ComputeSetup;
}

/**
 * Registers a bundle in a compute process of its own: importing and checking load two engines that serving does not
 * need, and a file made to crash its reader ends that process alone. Safe to repeat, and by several workers at once.
 */
export async function registerOnce(
  request: ComputeRequests['register']['request'],
  { program, setup }: RegisterParts,
): Promise<RegisterReply> {
  const child = new ComputeChild(program);
  let isLate = false;
  const late = setTimeout(() => {
    isLate = true;
    void child.kill();
  }, registerMs);
  try {
    await child.ask('setup', setup);
    return await child.ask('register', request);
  } catch (error) {
    if (!(error instanceof ComputeChildLostError)) throw error;
    const why = isLate
      ? `it took longer than ${registerMs / 1000} s; send a smaller model, or use a faster machine`
      : `${error.message}; its weights are damaged, or take more memory than EARSHOT_COMPUTE_MEMORY_MIB allows`;
    return { ok: false, code: 'model_refused', detail: `The process that read the bundle was lost: ${why}.` };
  } finally {
    clearTimeout(late);
    await child.kill();
  }
}
