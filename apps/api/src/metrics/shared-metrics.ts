import { tallySeconds, type Load, type Loads, type ModelTally, type QueueLoad, type Tally } from '#jobs';
import { counter, gauge, histogram, type MetricFamily, type Sample } from './metric-family.js';

/** What Redis knows: the same from every API, so that these are never to be summed over several. */
export function toSharedMetrics(
  { queues, deliveries, modelChanges, archives, unfinishedBatches }: Loads,
  tally: Tally,
) {
  return [
    ...queueMetrics(queues),
    gauge('earshot_webhook_deliveries', 'Deliveries of webhooks that have not ended.', toStates(deliveries)),
    gauge('earshot_model_changes', 'Changes of the registry of models that have not ended.', toStates(modelChanges)),
    gauge('earshot_batch_archives', 'Archives of batches that are to be unpacked.', toStates(archives)),
    gauge('earshot_unfinished_batches', 'Batches that are not over.', unfinishedBatches),
    ...finishedMetrics(tally.models),
    counter(
      'earshot_webhook_attempts_total',
      'Attempts at deliveries; pending: it is tried again, failed: it is not.',
      Object.entries(tally.attempts).map(([outcome, value]) => ({ labels: { outcome }, value })),
    ),
  ];
}

function queueMetrics(queues: readonly QueueLoad[]): MetricFamily[] {
  const each = (valueOf: (queue: QueueLoad) => number | null): Sample[] =>
    queues.flatMap((queue) => {
      const value = valueOf(queue);
      return value === null ? [] : [{ labels: { queue: queue.label }, value }];
    });
  return [
    gauge(
      'earshot_queue_jobs',
      'Jobs of each queue; delayed: tried again later, taken: with a worker, ended: not archived yet.',
      queues.flatMap((queue) => [...toStates(queue, queue.label), toState('ended', queue.ended, queue.label)]),
    ),
    gauge(
      'earshot_queue_oldest_wait_seconds',
      'How long the jobs have waited that are the next of each priority: the longest of them.',
      each(({ oldestWaitMs }) => (oldestWaitMs ?? 0) / 1000),
    ),
    gauge(
      'earshot_queue_workers',
      'Workers that take jobs from the queue.',
      each(({ workers }) => workers),
    ),
    gauge(
      'earshot_queue_compute_processes',
      'Compute processes of these workers.',
      each(({ processes }) => processes),
    ),
    gauge(
      'earshot_queue_capacity_jobs_per_second',
      'Jobs a second that these workers do together, as they have measured it; absent until they have.',
      each(({ jobsPerSecond }) => jobsPerSecond),
    ),
  ];
}

function finishedMetrics(models: readonly ModelTally[]): MetricFamily[] {
  const labelsOf = ({ label, model }: ModelTally) => ({ queue: label, model });
  const timesOf = (name: 'wait' | 'run') =>
    models.map((tally) => ({ labels: labelsOf(tally), counts: tally[name].counts, sum: tally[name].seconds }));
  return [
    counter(
      'earshot_jobs_finished_total',
      'Runs of jobs that have ended and were archived.',
      models.flatMap((tally) =>
        Object.entries(tally.ends).map(([status, value]) => ({ labels: { ...labelsOf(tally), status }, value })),
      ),
    ),
    histogram(
      'earshot_job_wait_seconds',
      'From when a job was queued to when its last attempt began.',
      tallySeconds,
      timesOf('wait'),
    ),
    histogram('earshot_job_run_seconds', 'From then to its end.', tallySeconds, timesOf('run')),
  ];
}

function toStates({ waiting, delayed, taken }: Load, queue?: string): Sample[] {
  return Object.entries({ waiting, delayed, taken }).map(([state, value]) => toState(state, value, queue));
}

function toState(state: string, value: number, queue?: string): Sample {
  return { labels: { ...(queue !== undefined && { queue }), state }, value };
}
