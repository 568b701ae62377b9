import type { Redis } from 'ioredis';
import { EarshotError, repeat, servingWorkers, type ObjectStore, type Repetition, type ServingWorker } from '#jobs';
import type { Logger } from 'pino';
import type { PartHealth } from './health.view.js';
import { durabilityWarnings } from './redis-durability.js';

const probeIntervalMs = 1000;
const storeProbeMs = 1000;

const notProbed: PartHealth = { ok: false, detail: 'It has not been asked yet.' };

/** Whether Redis and the object store can be reached, asked once a second, so that requests need not find out. */
export class Health {
  warnings: readonly string[] = [];
  private known: readonly ServingWorker[] = [];
  private queueProbe: PartHealth = notProbed;
  private storeProbe: PartHealth = notProbed;
  private readonly probing: readonly Repetition[];

  constructor(
    private readonly redis: Redis,
    private readonly objects: ObjectStore,
    private readonly log: Logger,
  ) {
    redis.on('ready', () => void this.probeQueue());
    const probes = [() => this.probeQueue(), () => this.probeStore()];
    this.probing = probes.map((probe) => repeat(probeIntervalMs, probe, (error) => log.error({ err: error }, 'probe')));
  }

  get queue(): PartHealth {
    // The connection knows of its end before the next probe does.
    if (this.queueProbe.ok && this.redis.status !== 'ready') return { ok: false, detail: 'The connection is closed.' };
    return this.queueProbe;
  }

  /** The workers that take jobs; empty while Redis does not answer. */
  get workers(): readonly ServingWorker[] {
    return this.queue.ok ? this.known : [];
  }

  get store(): PartHealth {
    return this.storeProbe;
  }

  /** @throws EarshotError when a job could not be accepted now */
  requireUp(): void {
    if (!this.queue.ok) throw new EarshotError('queue_unavailable', 'Redis does not answer; try again shortly.');
    this.requireStore();
  }

  /** @throws EarshotError when the object store does not answer */
  requireStore(): void {
    if (!this.store.ok)
      throw new EarshotError('store_unavailable', 'The object store does not answer; try again shortly.');
  }

  async close(): Promise<void> {
    await Promise.all(this.probing.map((probing) => probing.stop()));
  }

  private async probeQueue(): Promise<void> {
    this.queueProbe = await outcomeOf(async () => {
      await this.redis.ping();
      this.warnings = await durabilityWarnings(this.redis);
      this.known = await servingWorkers(this.redis);
    });
  }

  private async probeStore(): Promise<void> {
    const before = this.storeProbe;
    this.storeProbe = await outcomeOf(() => this.objects.probe(storeProbeMs));
    if (before === notProbed || before.ok === this.storeProbe.ok) return;
    if (this.storeProbe.ok) this.log.info('the object store is back');
    else this.log.warn({ error: this.storeProbe.detail }, 'the object store cannot be used');
  }
}

async function outcomeOf(probe: () => Promise<void>): Promise<PartHealth> {
  try {
    await probe();
    return { ok: true };
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}
