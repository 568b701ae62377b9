import { realpath } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import { isMissing } from './durable-files.js';

/** How long a folder that was seen to be within the root is taken to be: asking each time took 0.3 ms. */
const insideMs = 1000;
const mostInside = 1000;

/** Keeps what is read and written below a folder: refuses the folders below it that a symbolic link leads out of it. */
export class RootGuard {
  private readonly inside = new Map<string, number>();

  /** @param root its real path */
  constructor(private readonly root: string) {}

  /**
   * @param orAbove looks at the nearest folder above that exists, when the folder does not
   * @throws Error that says so when the folder is not within the root
   */
  async requireInside(folder: string, { orAbove = false } = {}): Promise<void> {
    const now = performance.now();
    if (now - (this.inside.get(folder) ?? -Infinity) < insideMs) return;
    try {
      const real = await realpath(folder);
      if (real !== this.root && !real.startsWith(this.root + sep)) throw leadsOut(folder);
    } catch (error) {
      if (!orAbove || !isMissing(error) || folder === this.root) throw error;
      return this.requireInside(dirname(folder), { orAbove });
    }
    if (this.inside.size >= mostInside) this.inside.clear();
    this.inside.set(folder, now);
  }
}

export function leadsOut(path: string): Error {
  return new Error(`${path} leads out of the store: remove the symbolic link`);
}
