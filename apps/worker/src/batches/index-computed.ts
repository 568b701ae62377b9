import { computedKey, type ObjectStore } from '#jobs';
import type { Announcement } from '../notify/archive-finished.js';

/**
 * Notes where the result of an input lies, so that a batch which brings the same bytes need not have it computed. A note
 * that is lost, or cannot be read, costs computing it again.
 */
export function indexComputed(store: ObjectStore): Announcement {
  return async ({ record: { owner, id, model, input, resultKey } }) => {
    if (resultKey === null || input.sha256 === null) return;
    const entry = { resultKey, job: id };
    await store.put(computedKey(owner, model.digest, input.sha256), Buffer.from(JSON.stringify(entry)), {
      contentType: 'application/json',
      durable: false,
    });
  };
}
