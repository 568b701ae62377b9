import type { Redis } from 'ioredis';
import { z } from 'zod';
import { queueKeyBase } from '../job-location.js';
import { luaScript } from '../lua-script.js';
import { paceLua } from '../pace.js';
import { bandWidth } from '../priority.js';
import { modelsQueueName, paceKey, queueLabelsKey, redisKey, servingWorkersKey } from '../queues.js';
import { unfinishedBatchesKey } from '../batches/batch-keys.js';
import { batchesQueueName } from '../batches/unpacking.js';
import { webhooksQueueName } from '../webhooks/delivery.js';
import { parseServingWorkers } from '../serving-workers.js';

/** What one queue has to do. */
export interface Load {
  /** What could begin now. */
  waiting: number;
  /** What is tried again later. */
  delayed: number;
  /** What is with a worker, those included that it has only fetched ahead. */
  taken: number;
}

/** What an autoscaler asks about one queue of jobs. */
export interface QueueLoad extends Load {
  label: string;
  /** What has ended and is not in the archive yet. */
  ended: number;
  /**
   * How long the jobs have waited that are the next of each priority, in milliseconds: the longest of them. Null when
   * nothing waits, or all that does waits for its next attempt.
   */
  oldestWaitMs: number | null;
  /** How many take jobs from it, and how many compute processes they have together. */
  workers: number;
  processes: number;
  /** How many jobs a second they do together, as they measure it; null when none of them has. */
  jobsPerSecond: number | null;
}

export interface Loads {
  /** Of every label that ever had a job, or has a worker now; sorted. */
  queues: QueueLoad[];
  /** Deliveries of webhooks. */
  deliveries: Load;
  /** Changes of the registry of models. */
  modelChanges: Load;
  /** Archives that batches were opened with, and that are to be unpacked. */
  archives: Load;
  /** Batches that are not over. */
  unfinishedBatches: number;
}

/**
 * All in one round trip, whose work grows with the number of queues and of workers, and not with that of jobs. By the
 * clock of Redis. BullMQ's order in `delayed` is milliseconds times 4096; in `prioritized`, the number times 2^32.
 */
const script = luaScript(`${paceLua}
local labels, workers, batches, models, webhooks, archives, queueBase, paceBase = unpack(KEYS)
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function loadOf(base)
  local due = redis.call('ZCOUNT', base .. 'delayed', '-inf', string.format('%.0f', now * 4096 + 4095))
  local waiting = redis.call('LLEN', base .. 'wait') + redis.call('ZCARD', base .. 'prioritized') + due
  return {waiting, redis.call('ZCARD', base .. 'delayed') - due, redis.call('LLEN', base .. 'active')}
end

local function queuedAt(job)
  local times = redis.call('HMGET', job, 'queuedAt', 'timestamp')
  return tonumber(times[1] or times[2] or now)
end

local function longestWait(base)
  local oldest = now
  local last = redis.call('LINDEX', base .. 'wait', -1)
  if last then oldest = math.min(oldest, queuedAt(base .. last)) end
  for priority = 0, 9 do
    local low = string.format('%.0f', (priority * ${bandWidth} + 1) * 0x100000000)
    local high = string.format('(%.0f', ((priority + 1) * ${bandWidth} + 1) * 0x100000000)
    local next = redis.call('ZRANGEBYSCORE', base .. 'prioritized', low, high, 'LIMIT', 0, 1)[1]
    if next then oldest = math.min(oldest, queuedAt(base .. next)) end
  end
  return now - oldest
end

local serving = redis.call('ZRANGEBYSCORE', workers, now, '+inf')
local known = {}
for _, label in ipairs(redis.call('SMEMBERS', labels)) do known[label] = true end
for _, member in ipairs(serving) do
  local isJson, worker = pcall(cjson.decode, member)
  if isJson and type(worker) == 'table' and type(worker.queues) == 'table' then
    for _, label in ipairs(worker.queues) do known[tostring(label)] = true end
  end
end
local queues = {}
for label in pairs(known) do
  local base = queueBase .. label .. ':'
  local load = loadOf(base)
  local ended = redis.call('ZCARD', base .. 'completed') + redis.call('ZCARD', base .. 'failed')
  table.insert(queues, {label, load, ended, longestWait(base), tostring(paceOf(paceBase .. label))})
end
return {queues, serving, loadOf(webhooks), loadOf(models), loadOf(archives), redis.call('SCARD', batches)}`);

const loadSchema = z
  .tuple([z.number(), z.number(), z.number()])
  .transform(([waiting, delayed, taken]): Load => ({ waiting, delayed, taken }));

const replySchema = z.tuple([
  z.array(z.tuple([z.string(), loadSchema, z.number(), z.number(), z.coerce.number()])),
  z.array(z.string()),
  loadSchema,
  loadSchema,
  loadSchema,
  z.number(),
]);

/** What there is to do, and who does it, at one instant. */
export async function readLoads(redis: Redis): Promise<Loads> {
  const bases = [redisKey(modelsQueueName, ''), redisKey(webhooksQueueName, ''), redisKey(batchesQueueName, '')];
  const keys = [queueLabelsKey, servingWorkersKey, unfinishedBatchesKey, ...bases];
  const reply = replySchema.parse(await script(redis, [...keys, queueKeyBase('').slice(0, -1), paceKey('')], []));
  const [queues, serving, deliveries, modelChanges, archives, unfinishedBatches] = reply;
  const workers = parseServingWorkers(serving);
  const toQueue = ([label, load, ended, longest, pace]: (typeof queues)[number]): QueueLoad => {
    const its = workers.filter((worker) => worker.queues.includes(label));
    const processes = its.reduce((sum, worker) => sum + worker.processes, 0);
    return {
      ...{ label, ...load, ended, workers: its.length, processes },
      oldestWaitMs: load.waiting > 0 ? longest : null,
      jobsPerSecond: pace > 0 ? pace : null,
    };
  };
  const sorted = queues.map(toQueue).toSorted((a, b) => (a.label < b.label ? -1 : 1));
  return { queues: sorted, deliveries, modelChanges, archives, unfinishedBatches };
}
