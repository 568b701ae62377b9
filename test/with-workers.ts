import { join } from 'node:path';
import { EarshotProcess } from './earshot-process.js';
import { writeSlowBundle } from './bundles.js';
import { Submitter } from './submitter.js';
import { withFolder } from './with-folder.js';
import { withRedis, type TestRedis } from './with-redis.js';

/** Redis, a folder store and as many workers as a test starts; jobs come from a {@link Submitter}. */
export class Workers {
  readonly all: EarshotProcess[] = [];

  constructor(
    readonly redis: TestRedis,
    readonly submitter: Submitter,
    readonly objects: string,
    private readonly settings: Record<string, string>,
  ) {}

  /** @param settings its environment, besides where things are; it serves the model `slow-digits` */
  async start(settings: Record<string, string> = {}): Promise<EarshotProcess> {
    const { process } = await EarshotProcess.start('worker', { ...this.settings, ...settings });
    this.all.push(process);
    return process;
  }
}

/** Short locks, so that a lost worker's jobs are soon taken by another, and one compute process, so that groups are known. */
const patience = { EARSHOT_LOCK_SECONDS: '2', EARSHOT_COMPUTE_PROCESSES: '1' };

/** Runs `run` and ends all that it started. */
export function withWorkers<T>(run: (workers: Workers) => Promise<T>): Promise<T> {
  return withFolder((folder) =>
    withRedis(async (redis) => {
      const objects = join(folder, 'objects');
      const bundle = await writeSlowBundle(folder);
      const submitter = new Submitter(redis.address, objects);
      const settings = { REDIS_URL: redis.address, EARSHOT_STORE: `folder:${objects}`, EARSHOT_MODELS: bundle };
      const workers = new Workers(redis, submitter, objects, { ...patience, ...settings });
      try {
        return await run(workers);
      } finally {
        for (const worker of workers.all) worker.resume();
        await Promise.all(workers.all.map((worker) => worker.stop('SIGKILL')));
        submitter.close();
      }
    }),
  );
}
