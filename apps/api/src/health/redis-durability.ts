import type { Redis } from 'ioredis';
import { z } from 'zod';

/** How Redis must be set so that a job that was accepted is never lost. */
const wanted = { appendonly: 'yes', appendfsync: 'always', 'maxmemory-policy': 'noeviction' };

/** What is weaker, one sentence for each setting; also when Redis does not let its settings be read. */
export async function durabilityWarnings(redis: Redis): Promise<string[]> {
  const warnings = await Promise.all(
    Object.entries(wanted).map(async ([name, value]) => {
      const found = await readSetting(redis, name);
      if (found === value) return [];
      if (found === undefined) return [`Redis does not tell its ${name}; it should be ${value}.`];
      return [`Redis has ${name} ${found}: accepted jobs may be lost; set it to ${value}.`];
    }),
  );
  return warnings.flat();
}

async function readSetting(redis: Redis, name: string): Promise<string | undefined> {
  try {
    return z.array(z.string()).parse(await redis.config('GET', name))[1];
  } catch (error) {
    // Managed services forbid CONFIG.
    if (error instanceof Error && error.name === 'ReplyError') return undefined;
    throw error;
  }
}
