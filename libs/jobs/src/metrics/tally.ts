import type { Redis } from 'ioredis';
import type { JobRecord } from '../job-record.js';
import { redisKey } from '../queues.js';

/** What has ended since the Redis was new, and how long it took: field `<parts>`, value a count (a hash). */
export const tallyKey = redisKey('tally');

/** Upper bounds in seconds of the classes that times are counted in; a last class has the longer ones. */
export const tallySeconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800] as const;

const ends = ['succeeded', 'failed', 'canceled', 'expired'] as const;
const times = ['wait', 'run'] as const;
const attemptEnds = ['delivered', 'pending', 'failed'] as const;

/** How jobs of a finished run have ended. */
export type TalliedEnd = (typeof ends)[number];
/** How an attempt at a delivery has ended; `pending`: it is tried again. */
export type TalliedAttempt = (typeof attemptEnds)[number];

/** A Lua function: counts pairs of a field and a number. */
export const tallyLua = `
local function tally(key, first)
  for i = first, #ARGV, 2 do redis.call('HINCRBY', key, ARGV[i], ARGV[i + 1]) end
end
`;

/** What a finished run of a job adds to the tally, for {@link tallyLua}. Owners are not told apart: there may be any number. */
export function tallyOfJob(label: string, { status, model, timings }: JobRecord): (string | number)[] {
  const field = (name: string) => `jobs/${label}/${model.name}/${name}`;
  const { queueMs, totalMs } = timings;
  const counted = (name: (typeof times)[number], ms: number) => {
    const place = tallySeconds.findIndex((seconds) => ms <= seconds * 1000);
    const classOf = place === -1 ? tallySeconds.length : place;
    return [field(`${name}/${classOf}`), 1, field(`${name}/ms`), Math.round(ms)];
  };
  const hasRun = queueMs !== null && totalMs !== null;
  return [
    ...[field(status), 1],
    ...(hasRun ? [...counted('wait', queueMs), ...counted('run', Math.max(0, totalMs - queueMs))] : []),
  ];
}

/** Counts an attempt at a delivery. One whose worker is lost before this is not counted. */
export async function tallyAttempt(redis: Redis, end: TalliedAttempt): Promise<void> {
  await redis.hincrby(tallyKey, `attempts/${end}`, 1);
}

/** How often a time fell into each class of {@link tallySeconds}, and the sum of all. */
export interface TalliedTimes {
  /** One more than there are bounds. */
  counts: number[];
  seconds: number;
}

/** The finished runs of the jobs of one model in one queue. */
export interface ModelTally {
  label: string;
  model: string;
  ends: Record<TalliedEnd, number>;
  /** From when a job was queued to when its last attempt began. */
  wait: TalliedTimes;
  /** From then to its end. */
  run: TalliedTimes;
}

export interface Tally {
  models: ModelTally[];
  /** Attempts at deliveries of webhooks. */
  attempts: Record<TalliedAttempt, number>;
}

/** Reads all of it; what another version has counted besides is left out. */
export async function readTally(redis: Redis): Promise<Tally> {
  return parseTally(await redis.hgetall(tallyKey));
}

function parseTally(fields: Record<string, string>): Tally {
  const models = new Map<string, ModelTally>();
  const attempts = { delivered: 0, pending: 0, failed: 0 };
  for (const [field, text] of Object.entries(fields)) {
    const [kind, ...parts] = field.split('/');
    const count = Number(text);
    if (kind === 'attempts') Object.assign(attempts, only(attemptEnds, parts[0], count));
    if (kind !== 'jobs') continue;
    const [label = '', model = '', name, part] = parts;
    const known = models.get(`${label}/${model}`) ?? newModelTally(label, model);
    models.set(`${label}/${model}`, known);
    Object.assign(known.ends, only(ends, name, count));
    const time = times.find((one) => one === name);
    if (time && part === 'ms') known[time].seconds = count / 1000;
    else if (time && Number(part) in known[time].counts) known[time].counts[Number(part)] = count;
  }
  return { models: [...models.values()], attempts };
}

function only(names: readonly string[], name: string | undefined, count: number): Record<string, number> {
  return name !== undefined && names.includes(name) ? { [name]: count } : {};
}

function newModelTally(label: string, model: string): ModelTally {
  const newTimes = (): TalliedTimes => ({ counts: new Array<number>(tallySeconds.length + 1).fill(0), seconds: 0 });
  return {
    label,
    model,
    ends: { succeeded: 0, failed: 0, canceled: 0, expired: 0 },
    wait: newTimes(),
    run: newTimes(),
  };
}
