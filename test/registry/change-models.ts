import type { Redis } from 'ioredis';
import {
  newModelChangeId,
  openModelsQueue,
  readModelChange,
  submitModelChange,
  type ModelChange,
  type ModelChangeState,
} from '#jobs';
import { until } from '../until.js';

type WithoutRequest<Change> = Change extends ModelChange ? Omit<Change, 'requestId'> : never;

/** Asks for a change of the registry, as the API does, and waits until a worker has made or refused it. */
export async function changeModels(redis: Redis, asked: WithoutRequest<ModelChange>): Promise<ModelChangeState> {
  const [queue, id] = [openModelsQueue(redis), newModelChangeId()];
  try {
    await submitModelChange(queue, id, { ...asked, requestId: 'test' });
    return await until(`${asked.change} has ended`, async () => {
      const change = await readModelChange(queue, id);
      return change.state === 'done' || change.state === 'failed' ? change : null;
    });
  } finally {
    await queue.close();
  }
}
