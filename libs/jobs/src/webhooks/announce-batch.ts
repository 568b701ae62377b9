import { batchKeys } from '../batches/batch-keys.js';
import { toBatchView } from '../batches/batch-view.js';
import type { Batch } from '../batches/batch.js';
import { announce, type AnnounceParts } from './announce.js';
import { toBody } from './event-body.js';

/** Tells that a batch is over. */
export async function announceBatch(parts: AnnounceParts, batch: Batch): Promise<void> {
  const { owner, id, finishes, finishedAt, ended, total, webhook } = batch;
  if (finishedAt === null) return;
  const counts = { total, queued: 0, running: 0, ...ended };
  await announce(parts, [
    {
      ...{ owner, subject: id, own: webhook, type: 'batch.finished', sequence: finishes, at: finishedAt },
      source: batchKeys(id).batch,
      body: (event) => toBody({ type: 'batch.finished', ...event, data: toBatchView(batch, counts) }),
    },
  ]);
}
