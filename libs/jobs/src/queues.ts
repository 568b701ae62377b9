/** Before every key in Redis. The braces keep all keys in one slot of a Redis Cluster. */
export const keyPrefix = '{earshot}';

/** What a queue's label may look like; the card's `queue` field obeys the same rule. */
export const queueLabelPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** The BullMQ queue of the models whose card says `queue: <label>`. */
export function inferenceQueueName(label: string): string {
  return `inference-${label}`;
}

/** The BullMQ queue of the changes of the registry of models. */
export const modelsQueueName = 'models';

/** A key of ours beside BullMQ's; docs/architecture/04-storage.md lists them all. */
export function redisKey(...parts: string[]): string {
  return [keyPrefix, ...parts].join(':');
}

/** The hash in which BullMQ keeps a change of the registry. */
export function modelChangeKey(id: string): string {
  return redisKey('models', id);
}

/** The labels of all inference queues that ever got a job (a set). */
export const queueLabelsKey = redisKey('queue-labels');

/** Queued jobs that may expire: member `<label>/<job id>`, score the time in milliseconds (a sorted set). */
export const expiriesKey = redisKey('expiries');

/** The jobs of an owner that are not in the archive yet: member `<listing key>/<label>` (a sorted set, by its members). */
export function unarchivedKey(owner: string): string {
  return redisKey('unarchived', owner);
}

/** How many jobs of each owner wait in a queue and have never begun: field `<band>/<owner>` (a hash). */
export function backlogKey(label: string): string {
  return redisKey('backlog', label);
}

/** How many jobs a second each worker does that takes from the queue: field its id, value `<pace> <until>` (a hash). */
export function paceKey(label: string): string {
  return redisKey('pace', label);
}

/** Jobs that were deleted a while ago: member `<owner>/<job id>`, score the time in milliseconds (a sorted set). */
export const deletedJobsKey = redisKey('deleted');

/** A random text of whoever was the last to begin to retry the job, for a minute: what it has read since is still so. */
export function retryingKey(jobId: string): string {
  return redisKey('retrying', jobId);
}

/** How far each owner's leftovers have been swept: field `<owner>`, value the last job id (a hash). Lost, it starts anew. */
export const sweptKey = redisKey('swept');

/** The workers that take jobs: each as JSON, score the time until which it is listed (a sorted set). */
export const servingWorkersKey = redisKey('serving-workers');

/** Pub/sub channel on which the id of a job that was ended from outside is told to whoever runs it. */
export const endedChannel = redisKey('ended');

/** Pub/sub channel on which those that announce are told that there is something to announce. */
export const outboxChannel = redisKey('outbox');

/** A finished job's record for a little while after it left its queue. */
export function recentJobKey(owner: string, jobId: string): string {
  return redisKey('recent', owner, jobId);
}
