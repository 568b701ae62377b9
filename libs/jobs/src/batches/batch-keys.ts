import { redisKey } from '../queues.js';

/** The keys of one batch: what it is and how many files ended how; its files; their order; their ends; and the unsure ones. */
export interface BatchKeys {
  /** A hash: the fields of `batch.ts`, and a counter for each end. */
  batch: string;
  /** A hash: path to what was sent under it. */
  files: string;
  /** A list: the paths in the order in which they came. */
  order: string;
  /** A hash: path to how its job has ended. */
  ends: string;
  /** A sorted set: the paths whose job may not have been added, by the time in milliseconds since when. */
  unsure: string;
}

export function batchKeys(id: string): BatchKeys {
  const key = (...parts: string[]) => redisKey('batches', id, ...parts);
  return { batch: key(), files: key('files'), order: key('order'), ends: key('ends'), unsure: key('unsure') };
}

/** The batches that are not over: where work may be left undone (a set). */
export const unfinishedBatchesKey = redisKey('unfinished-batches');

/** Those of one owner, by which it is limited what it may open; more where files are run again of what was over (a set). */
export function unfinishedBatchesOf(owner: string): string {
  return redisKey('unfinished-batches-of', owner);
}
