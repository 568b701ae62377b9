import type { Redis } from 'ioredis';
import { isQueueOutage, readLoads, readTally } from '#jobs';
import { Registry } from 'prom-client';
import type { Health } from '../health/health.js';
import type { HttpMetrics } from './http-metrics.js';
import { gauge, toRegistry, type MetricFamily } from './metric-family.js';
import { processMetrics } from './process-metrics.js';
import { toScalingView, type ScalingView } from './scaling.view.js';
import { toSharedMetrics } from './shared-metrics.js';

export interface MetricsParts {
  redis: Redis;
  health: Health;
  http: HttpMetrics;
}

/** How the whole is doing, in numbers. */
export class MetricsService {
  constructor(private readonly parts: MetricsParts) {}

  /** In Prometheus' text format; while Redis is away without what it knows. */
  async read(): Promise<string> {
    const { health, http } = this.parts;
    const shared = await this.readShared();
    const isUp = (ok: boolean): number => (ok ? 1 : 0);
    const parts = [
      gauge('earshot_redis_up', 'Whether Redis answers this API.', isUp(shared !== null)),
      gauge('earshot_store_up', 'Whether the object store answers this API.', isUp(health.store.ok)),
      ...(shared ?? []),
    ];
    return Registry.merge([processMetrics(), http.registry, toRegistry(parts)]).metrics();
  }

  /** @throws an outage of Redis: an autoscaler is not to be told that nothing waits */
  async scaling(): Promise<ScalingView> {
    return toScalingView(await readLoads(this.parts.redis));
  }

  private async readShared(): Promise<MetricFamily[] | null> {
    const { redis } = this.parts;
    try {
      const [loads, tally] = await Promise.all([readLoads(redis), readTally(redis)]);
      return toSharedMetrics(loads, tally);
    } catch (error) {
      if (isQueueOutage(error)) return null;
      throw error;
    }
  }
}
