import { EarshotError, modelUploadKey, type ModelChange, type ModelChangeOutcome, type ObjectStore } from '#jobs';
import { removeVersion, setAlias } from '#models';
import { aliasKey } from '#models/catalog';
import { registerArchive } from './register-archive.js';
import type { RegisterParts } from './register-once.js';

/**
 * Changes the registry as asked. Safe to repeat.
 *
 * @param id of the change
 * @throws EarshotError or ModelError that says why nothing was changed
 */
export async function carryOutChange(
  store: ObjectStore,
  id: string,
  asked: ModelChange,
  parts: RegisterParts,
): Promise<ModelChangeOutcome> {
  switch (asked.change) {
    case 'register': {
      const reply = await registerArchive(store, modelUploadKey(id), asked, parts);
      if (!reply.ok) throw new EarshotError(reply.code, reply.detail);
      return { created: reply.created };
    }
    case 'set-alias':
      await setAlias(store, asked, new Date());
      return { created: false };
    case 'remove-alias':
      await store.delete(aliasKey(asked));
      return { created: false };
    case 'remove-version':
      await removeVersion(store, asked.name, asked.version);
      return { created: false };
  }
}
