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

/**
 * Asks for a change of the registry, as the API does, and waits until a worker has made or refused it.
 *
 * @param id names the archive that is to be registered, if any
 */
export async function changeModels(
  redis: Redis,
  asked: WithoutRequest<ModelChange>,
  id = newModelChangeId(),
): Promise<ModelChangeState> {
  const queue = openModelsQueue(redis);
  try {
    await submitModelChange(queue, id, { ...asked, requestId: 'test' });
    const end = async () => {
      const change = await readModelChange(queue, id);
      return change.state === 'done' || change.state === 'failed' ? change : null;
    };
    return await until(`${asked.change} has ended`, end, 40_000);
  } finally {
    await queue.close();
  }
}
