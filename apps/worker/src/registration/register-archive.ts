import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { EarshotError, ObjectMissingError, type ObjectStore } from '#jobs';
import type { RegisterReply } from '../compute/messages.js';
import { registerOnce, type RegisterParts } from './register-once.js';
import { withTemporaryFolder } from './temporary-folder.js';

/**
 * Registers the bundle in a stored archive. Safe to repeat.
 *
 * @param expected what its card must be of
 * @throws EarshotError `input_missing`
 */
export function registerArchive(
  store: ObjectStore,
  key: string,
  expected: { name: string; version: string },
  parts: RegisterParts,
): Promise<RegisterReply> {
  return withTemporaryFolder(async (temporary) => {
    const [archive, folder] = [join(temporary, 'archive'), join(temporary, 'bundle')];
    await mkdir(folder);
    await pipeline(await openArchive(store, key), createWriteStream(archive));
    return registerOnce({ folder, archive, expected }, parts);
  });
}

async function openArchive(store: ObjectStore, key: string) {
  try {
    return await store.stream(key);
  } catch (cause) {
    if (!(cause instanceof ObjectMissingError)) throw cause;
    throw new EarshotError('input_missing', 'The archive that was sent is gone; send it again.', { cause });
  }
}
