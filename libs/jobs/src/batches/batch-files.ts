import type { Redis } from 'ioredis';
import { z } from 'zod';
import { luaScript } from '../lua-script.js';
import { batchKeys } from './batch-keys.js';
import { endOfFileSchema, type EndOfFile } from './file-ends.js';
import { fileErrorSchema } from './file-error.js';

/** What a file is taken for that comes without its bytes, or is none. */
const originPattern = /^(url:|upload:|refused(:|$))/;

const fileSchema = z.object({
  jobId: z.string(),
  /** Null until a worker has obtained the bytes, and of an entry of an archive that has none. */
  sha256: z.string().nullable(),
  bytes: z.number().int().nullable(),
  contentType: z.string().nullable(),
  requestId: z.string(),
  /** Of bytes that a worker is to get: `url:` and the address, or `upload:` and its id. `refused:` and a place: there are none. */
  origin: z.string().regex(originPattern).nullish(),
  /** Why it has no job: the file has failed with it. */
  error: fileErrorSchema.nullish(),
});

/** What was sent under one path of a batch: all that its job can be added from again. */
export type BatchFile = z.infer<typeof fileSchema>;

/** False of what the model does not take, and of an entry of an archive that cannot be read. */
export function hasJob({ contentType, origin }: Pick<BatchFile, 'contentType' | 'origin'>): boolean {
  return contentType !== null || isObtained({ origin });
}

/** Whether a worker is to get its bytes. */
export function isObtained({ origin }: Pick<BatchFile, 'origin'>): boolean {
  return origin?.startsWith('u') ?? false;
}

export interface BatchEntry extends BatchFile {
  path: string;
  /** Null while it has not ended. */
  end: EndOfFile | null;
  /** It had ended, and is to be run once more. */
  again: boolean;
}

/** `added`: by this call; `known`: with the same bytes, or of the same origin; `other`: with others; `closed`: no more are taken. */
export type AddOutcome = 'added' | 'known' | 'other' | 'closed' | 'missing';

/** The path's job is to be added next. Should that not happen, the path is among the unsure, and somebody else does it. */
const addScript = luaScript(`
local batch, files, order, unsure = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local path, file, mark, now, unpacks = unpack(ARGV)
local state = redis.call('HMGET', batch, 'options', 'closedAt', 'canceledAt', 'unpacking')
if not state[1] then return {'missing', ''} end
local known = redis.call('HGET', files, path)
if known then
  local before = cjson.decode(known)
  if (before.origin or before.sha256) == mark then return {'known', known} end
  return {'other', known}
end
local takes = not state[2]
if unpacks == '1' then takes = state[4] == 'running' end
if not takes or state[3] then return {'closed', ''} end
redis.call('HSET', batch, 'touchedAt', now)
redis.call('HSET', files, path, file)
redis.call('RPUSH', order, path)
redis.call('ZADD', unsure, now, path)
redis.call('HINCRBY', batch, 'total', 1)
return {'added', file}`);

/**
 * Takes a file into a batch, once. Atomic: of several that are sent under one path, one is taken.
 *
 * @param options `unpacks`: it is of the batch's archive, all of which is taken also by a batch that is closed
 * @returns with it the file that the path has now
 */
export async function addFile(
  redis: Redis,
  batchId: string,
  path: string,
  file: BatchFile,
  { now = Date.now(), unpacks = false }: { now?: number; unpacks?: boolean } = {},
): Promise<{ outcome: AddOutcome; file: BatchFile | null }> {
  const { batch, files, order, unsure } = batchKeys(batchId);
  const args = [path, JSON.stringify(file), file.origin ?? file.sha256 ?? '', now, unpacks ? 1 : 0];
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
