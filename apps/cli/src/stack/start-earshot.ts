import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { CommandError } from '../command-error.js';
import { startEmbeddedRedis } from '../redis/embedded-redis.js';
import { stackEnvironment } from './stack-environment.js';
import type { Stack } from './stack.js';

/** A worker finishes what is under way within its own; who does not want to wait presses Ctrl-C again. */
const graceMs = { api: 10_000, worker: 600_000 };
const readyMs = 30_000;
const pollMs = 50;
const listening = z.object({ type: z.literal('listening'), url: z.url() });

export interface EarshotPlan {
  /** The checkout, built. */
  readonly root: string;
  /** Where the embedded Redis and the folder of objects lie. */
  readonly dataFolder: string;
  /** Settings for the API and the workers; what they leave open is filled in. */
  readonly env: NodeJS.ProcessEnv;
  /** Takes each line the API and the workers print; without it they are shown only when something fails. */
  readonly onLine?: (service: string, line: string) => void;
}

export interface RunningEarshot {
  readonly url: string;
  /** The settings it runs under. */
  readonly env: NodeJS.ProcessEnv;
}

/** Starts Redis, unless the plan names one, then the workers and the API, and returns once the API reports ready. */
export async function startEarshot(stack: Stack, plan: EarshotPlan): Promise<RunningEarshot> {
  const script = (path: string) => join(plan.root, 'dist', 'apps', path);
  const redis = plan.env['REDIS_URL']
    ? undefined
    : await startEmbeddedRedis(
        stack,
        join(plan.dataFolder, 'redis'),
        script('cli/src/redis/redis-guard.process.js'),
        plan.env,
      );
  const env = stackEnvironment(plan.env, {
    redisUrl: redis?.url ?? '',
    objects: join(plan.dataFolder, 'objects'),
    builtInModels: join(plan.root, 'models'),
  });
  const start = (name: string, app: 'api' | 'worker', own: NodeJS.ProcessEnv = {}) => {
    const onLine = plan.onLine && ((line: string) => plan.onLine?.(name, line));
    return stack.start({
      name,
      script: script(`${app}/src/main.js`),
      env: { ...env, ...own },
      graceMs: graceMs[app],
      lifeline: redis?.lifeline,
      onLine,
    });
  };
  const workers = workersOf(env).map(([name, own]) => start(name, 'worker', own));
  const api = start('api', 'api');
  const [message] = await Promise.all([api, ...workers].map((service) => service.started()));
  const { url } = listening.parse(message);
  await waitUntilReady(url);
  return { url, env };
}

/**
 * One for each role: the one that infers gives way to the other, and is stopped first, so that there is still somebody to
 * tell of what it finishes.
 */
function workersOf(env: NodeJS.ProcessEnv): [name: string, env: NodeJS.ProcessEnv][] {
  const roles = env['EARSHOT_ROLES']?.trim() || 'infer,notify';
  const named = new Set(roles.split(',').map((role) => role.trim()));
  named.delete('');
  if ([...named].sort().join() !== 'infer,notify') return [['worker', {}]];
  return [
    ['notify', { EARSHOT_ROLES: 'notify', EARSHOT_MODELS: '' }],
    ['worker', { EARSHOT_ROLES: 'infer' }],
  ];
}

async function waitUntilReady(url: string): Promise<void> {
  const deadline = Date.now() + readyMs;
  for (;;) {
    const answer = await fetch(new URL('/readyz', url));
    const body = await answer.text();
    if (answer.ok) return;
    if (Date.now() > deadline) throw new CommandError(`the API is not ready after ${readyMs / 1000} s: ${body}`);
    await delay(pollMs);
  }
}
