import { join } from 'node:path';
import { EarshotProcess } from './earshot-process.js';
import { withFolder } from './with-folder.js';
import { withRedis, type TestRedis } from './with-redis.js';

/** A whole Earshot: Redis, a folder store, an API, and as many workers as a test starts. */
export class Service {
  url = '';
  readonly workers: EarshotProcess[] = [];
  api: EarshotProcess | undefined;

  constructor(
    readonly redis: TestRedis,
    /** Where the folder store keeps its objects, unless the settings name another store. */
    readonly objects: string,
    private readonly settings: Record<string, string>,
  ) {}

  async startApi(): Promise<EarshotProcess> {
    const { process, said } = await EarshotProcess.start('api', { ...this.common, EARSHOT_PORT: '0' });
    this.url = said.url ?? '';
    this.api = process;
    return process;
  }

  async startWorker(settings: Record<string, string> = {}): Promise<EarshotProcess> {
    const { process } = await EarshotProcess.start('worker', { ...this.common, ...settings });
    this.workers.push(process);
    return process;
  }

  /** The API's process. */
  get apiPid(): number {
    return this.api?.pid ?? 0;
  }

  /** Ends all that runs; a process of which the test has made an end is left out. */
  async stop(): Promise<void> {
    const processes = [...(this.api ? [this.api] : []), ...this.workers];
    await Promise.all(processes.map((process) => process.stop('SIGKILL')));
  }

  private get common(): Record<string, string> {
    return { REDIS_URL: this.redis.address, EARSHOT_STORE: `folder:${this.objects}`, ...this.settings };
  }
}

/**
 * Runs `run` with an Earshot whose API is up, and ends all of it afterwards.
 *
 * @param settings environment of the API and the workers
 */
export function withService<T>(settings: Record<string, string>, run: (service: Service) => Promise<T>): Promise<T> {
  return withFolder((folder) =>
    withRedis(async (redis) => {
      const service = new Service(redis, join(folder, 'objects'), settings);
      try {
        await service.startApi();
        return await run(service);
      } finally {
        await service.stop();
      }
    }),
  );
}
