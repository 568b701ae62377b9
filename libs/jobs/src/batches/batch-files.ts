import type { Redis } from 'ioredis';
import { z } from 'zod';
import { luaScript } from '../lua-script.js';
import { batchKeys } from './batch-keys.js';
import { endOfFileSchema, type EndOfFile } from './file-ends.js';

const fileSchema = z.object({
  jobId: z.string(),
  sha256: z.string(),
  bytes: z.number().int(),
  /** Null for bytes that the model does not take, which get no job. */
  contentType: z.string().nullable(),
  requestId: z.string(),
});

/** What was sent under one path of a batch: all that its job can be added from again. */
export type BatchFile = z.infer<typeof fileSchema>;

export interface BatchEntry extends BatchFile {
  path: string;
  /** Null while it has not ended. */
  end: EndOfFile | null;
  /** It had ended, and is to be run once more. */
  again: boolean;
}

/** `added`: by this call; `known`: with the same bytes; `other`: with other bytes; `closed`: no more are taken. */
export type AddOutcome = 'added' | 'known' | 'other' | 'closed' | 'missing';

/** The path's job is to be added next. Should that not happen, the path is among the unsure, and somebody else does it. */
const addScript = luaScript(`
local batch, files, order, unsure = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local path, file, sha, now = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local state = redis.call('HMGET', batch, 'options', 'closedAt', 'canceledAt')
if not state[1] then return {'missing', ''} end
local known = redis.call('HGET', files, path)
if known then
  if cjson.decode(known).sha256 == sha then return {'known', known} end
  return {'other', known}
end
if state[2] or state[3] then return {'closed', ''} end
redis.call('HSET', files, path, file)
redis.call('RPUSH', order, path)
redis.call('ZADD', unsure, now, path)
redis.call('HINCRBY', batch, 'total', 1)
return {'added', file}`);

/**
 * Takes a file into a batch, once. Atomic: of several that are sent under one path, one is taken.
 *
 * @returns with it the file that the path has now
 */
export async function addFile(
  redis: Redis,
  batchId: string,
  path: string,
  file: BatchFile,
  now: number = Date.now(),
): Promise<{ outcome: AddOutcome; file: BatchFile | null }> {
  const { batch, files, order, unsure } = batchKeys(batchId);
  const args = [path, JSON.stringify(file), file.sha256, now];
  const [outcome, text] = (await addScript(redis, [batch, files, order, unsure], args)) as [AddOutcome, string];
  return { outcome, file: text === '' ? null : parseFile(text) };
}

/** The path's job has been added. */
export async function settleFile(redis: Redis, batchId: string, path: string): Promise<void> {
  await redis.zrem(batchKeys(batchId).unsure, path);
}

/** The paths, not more than `limit`, that have been unsure since before the given time. */
export function unsurePaths(redis: Redis, batchId: string, before: number, limit: number): Promise<string[]> {
  return redis.zrangebyscore(batchKeys(batchId).unsure, '-inf', before, 'LIMIT', 0, limit);
}

/** Some files by their paths, in the order given; those that are not there are left out. */
export async function readFiles(redis: Redis, batchId: string, paths: readonly string[]): Promise<BatchEntry[]> {
  if (paths.length === 0) return [];
  const { files, ends } = batchKeys(batchId);
  const [sent, ended] = await Promise.all([redis.hmget(files, ...paths), redis.hmget(ends, ...paths)]);
  return paths.flatMap((path, i) => {
    const text = sent[i];
    if (!text) return [];
    const end = ended[i] ? endOfFileSchema.parse(JSON.parse(ended[i])) : null;
    const again = end?.status === 'again';
    return [{ path, ...parseFile(text), end: again ? null : end, again }];
  });
}

const pageSize = 500;

/** Every file in the order in which they came, a page at a time. Files that come meanwhile are met as well. */
export async function* listFiles(redis: Redis, batchId: string): AsyncGenerator<BatchEntry[]> {
  for (let start = 0; ; start += pageSize) {
    const paths = await redis.lrange(batchKeys(batchId).order, start, start + pageSize - 1);
    if (paths.length > 0) yield await readFiles(redis, batchId, paths);
    if (paths.length < pageSize) return;
  }
}

function parseFile(text: string): BatchFile {
  return fileSchema.parse(JSON.parse(text));
}
