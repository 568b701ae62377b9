import { lookup } from 'node:dns/promises';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { openBatchesQueue, openDeliveriesQueue, openModelsQueue, openStore, WebhookSecrets } from '#jobs';
import type { Logger } from 'pino';
import { admitKeys, admitLocal } from './access/admit.js';
import { ApiModule } from './api.module.js';
import { Audit } from './audit/audit.js';
import { BatchesModule } from './batches/batches.module.js';
import { Health } from './health/health.js';
import { sweepExpiredJobs } from './jobs/expiry-sweep.js';
import { JobFollower } from './jobs/follow-job.js';
import { JobEvents } from './jobs/job-events.js';
import { IdempotencyKeys } from './idempotency/idempotency-keys.js';
import { JobComposer } from './jobs/job-composer.js';
import { JobIntake } from './jobs/job-intake.js';
import { JobWaiter } from './jobs/job-waiter.js';
import { JobsService } from './jobs/jobs.service.js';
import { KeysModule } from './keys/keys.module.js';
import { KnownKeys } from './keys/known-keys.js';
import { warnWithoutKeys } from './keys/warn-without-keys.js';
import { recountForQuotas } from './limits/recount.js';
import { LegacyModule } from './legacy/legacy.module.js';
import { LimitsModule } from './limits/limits.module.js';
import { countRequests } from './limits/rate-limit.js';
import { NestLog } from './logging/nest-log.js';
import { HttpMetrics } from './metrics/http-metrics.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { ModelCatalog } from './models/model-catalog.js';
import { RegistryChanges } from './models/registry-changes.js';
import { Registry } from './models/registry.js';
import { OpenApiModule } from './openapi/openapi.module.js';
import { ProblemFilter } from './problems/problem.filter.js';
import { RouteTable } from './problems/route-table.js';
import { connectQueue } from './queue/queue-connection.js';
import { closable } from './server/close-server.js';
import { createAdapter, type AdapterParts } from './server/create-adapter.js';
import type { ApiSettings } from './settings.js';
import { UploadLinks } from './uploads/upload-links.js';
import { Uploads } from './uploads/uploads.js';
import { UploadsModule } from './uploads/uploads.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

export interface RunningApi {
  url: string;
  routes: RouteTable;
  /** Takes no more requests, finishes those that are under way, and lets go of everything. */
  close(): Promise<void>;
}

/** Starts to listen; Redis and the store need not be there yet. */
export async function startApi(settings: ApiSettings, log: Logger): Promise<RunningApi> {
  const stopping = new AbortController();
  const store = await openStore(settings.store);
  const redis = connectQueue(settings.redisUrl, log);
  const health = new Health(redis, store, log);
  const sweep = sweepExpiredJobs(redis, log);
  const recount = recountForQuotas({ redis, store, log }, settings.quotas);
  const events = new JobEvents(redis, settings.redisUrl);
  const waiter = new JobWaiter(events, stopping.signal);
  const follower = new JobFollower(events, stopping.signal);
  const catalog = new ModelCatalog(store);
  const uploads = new Uploads(store, health, settings);
  const idempotencyKeys = new IdempotencyKeys(redis);
  const { jobTimeoutMs, quotas, egressAllow } = settings;
  const composer = new JobComposer({ catalog, uploads, jobTimeoutMs, egressAllow });
  const intake = new JobIntake({ redis, store, keys: idempotencyKeys, composer, uploads, quotas });
  const modelsQueue = openModelsQueue(redis);
  const changes = new RegistryChanges(modelsQueue, stopping.signal);
  const audit = new Audit(redis);
  const registry = new Registry({ store, uploads, changes, catalog, audit });
  const jobs = new JobsService({ redis, store }, settings.quotas);
  const keys = new KnownKeys(redis, settings.adminKeyHash);
  warnWithoutKeys(redis, settings, log);
  const deliveriesQueue = openDeliveriesQueue(redis);
  const secrets = new WebhookSecrets(redis, settings.secret);
  const webhooks = WebhooksModule.of({ redis, queue: deliveriesQueue, secrets, allow: settings.egressAllow });
  const batchesQueue = openBatchesQueue(redis);
  const batches = BatchesModule.of(
    {
      ...settings,
      ...{ redis, store, catalog, uploads, keys: idempotencyKeys, queue: batchesQueue },
      mostTimeoutSeconds: jobTimeoutMs / 1000,
    },
    stopping.signal,
  );
  const links = new UploadLinks(redis, settings.secret);
  const uploadRoutes = UploadsModule.of({ redis, store, uploads, links, quotas: settings.quotas });
  const countRequest = countRequests(redis, settings.rateLimit);
  const legacy = LegacyModule.of({
    routes: settings.legacyRoutes,
    ...{ catalog, intake, jobs, waiter, countRequest },
  });
  const routes = new RouteTable();
  const needsKeys = settings.auth === 'keys';
  const openApi = OpenApiModule.of({ routes, needsKeys, jobTimeoutMs });
  const http = new HttpMetrics();
  const metrics = MetricsModule.of({ redis, health, http });
  const keyRoutes = KeysModule.of({ redis, known: keys, audit });
  const limits = LimitsModule.of({ redis, audit });
  const features = [openApi, legacy, batches, uploadRoutes, webhooks, keyRoutes, limits, metrics];
  const module = ApiModule.of({ health, catalog, registry, jobs, intake, waiter, follower }, features);
  const app = await createApp(module, {
    log,
    routes,
    http,
    admit: needsKeys ? admitKeys(keys) : admitLocal,
    countRequest,
    timeouts: settings.timeouts,
    stopping: stopping.signal,
  });
  const closeServer = closable(app.getHttpServer(), () => app.close());

  const { host, port } = settings;
  const close = async (): Promise<void> => {
    stopping.abort();
    await closeServer();
    events.close();
    await Promise.all([
      health.close(),
      sweep.stop(),
      recount.stop(),
      modelsQueue.close(),
      deliveriesQueue.close(),
      batchesQueue.close(),
    ]);
    redis.disconnect();
    store.close();
  };
  try {
    // By its address, as Fastify listens to a name that has two with two servers, and waits for one as it closes.
    const { address: hostAddress } = await lookup(host);
    await app.listen({ host: hostAddress, port, listenTextResolver: (address) => `API listening at ${address}` });
  } catch (error) {
    await close();
    throw error;
  }
  return { url: await app.getUrl(), routes, close };
}

async function createApp(module: DynamicModule, parts: AdapterParts): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(module, await createAdapter(parts), {
    abortOnError: false,
    bodyParser: false,
    logger: new NestLog(parts.log),
  });
  return app.useGlobalFilters(new ProblemFilter(parts.routes));
}
