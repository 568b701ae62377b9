import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { resolve } from 'node:path';

/**
 * Names the batch that a folder is sent as: the same for the same command, so that one that was stopped finds its batch.
 *
 * @param round from 0: how many batches of this name are over, to which no file can be added
 */
export function batchKey(
  folder: string,
  { model, out, reuse }: { model: string; out?: string | undefined; reuse: boolean },
  round: number,
): string {
  const parts = [hostname(), resolve(folder), model, out === undefined ? null : resolve(out), reuse, round];
  return `earshot-batch-${createHash('sha256').update(JSON.stringify(parts)).digest('base64url')}`;
}
