import type { Writable } from 'node:stream';
import { z } from 'zod';
import { CommandError } from '../command-error.js';
import type { Stack } from '../stack/stack.js';

const graceMs = 15_000;
const guardMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('serving'), socketPath: z.string() }),
  z.object({ type: z.literal('refused'), reason: z.string() }),
]);

/** What the guard process tells the process that started it. */
export type GuardMessage = z.infer<typeof guardMessage>;

export interface EmbeddedRedis {
  /** For `REDIS_URL`. */
  readonly url: string;
  /** To be handed to every process that uses it, so that it does not end before they have. */
  readonly lifeline: Writable;
}

/**
 * Starts a redis-server of its own over `folder`, reachable through a unix socket that only this user may open, and
 * returns once it serves.
 *
 * @param guardScript the compiled redis-guard.process.js
 * @throws CommandError if there is no redis-server, or if one already runs over this folder
 */
export async function startEmbeddedRedis(
  stack: Stack,
  folder: string,
  guardScript: string,
  env: NodeJS.ProcessEnv,
): Promise<EmbeddedRedis> {
  const guard = stack.start({ name: 'redis', script: guardScript, args: [folder], env, graceMs });
  const message = guardMessage.parse(await guard.started());
  if (message.type === 'refused') throw new CommandError(message.reason);
  return { url: `unix:${message.socketPath}`, lifeline: guard.input };
}
