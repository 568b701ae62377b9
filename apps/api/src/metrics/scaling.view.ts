import type { Load, Loads, QueueLoad } from '#jobs';
import { z } from 'zod';

const count = z.number().int().min(0);

const loadFields = {
  load: count.describe('`waiting` and `taken` together: what there is to do now.'),
  waiting: count.describe('Could begin now.'),
  delayed: count.describe('Is tried again later.'),
  taken: count.describe('Is with a worker, fetched ahead or running.'),
};

const queueViewSchema = z.object({
  ...loadFields,
  oldestWaitSeconds: z
    .number()
    .nullable()
    .describe('How long the jobs have waited that are the next of each priority: the longest of them.'),
  workers: count.describe('Take jobs from the queue.'),
  processes: count.describe('Their compute processes.'),
  jobsPerSecond: z.number().nullable().describe('What these workers do together, by their own measure.'),
  drainSeconds: z.number().nullable().describe('How long they need for the load, if nothing more comes.'),
});

/** What an autoscaler reads: numbers under names that stay. */
export const scalingViewSchema = z
  .object({
    queues: z
      .record(z.string(), queueViewSchema)
      .describe('By queue label: those that ever had a job, or have a worker.'),
    webhooks: z.object(loadFields).describe('Deliveries, which workers with the role `notify` make.'),
  })
  .meta({ id: 'Scaling' });
export type ScalingView = z.infer<typeof scalingViewSchema>;

export function toScalingView({ queues, deliveries }: Loads): ScalingView {
  return {
    queues: Object.fromEntries(queues.map((queue) => [queue.label, toQueueView(queue)])),
    webhooks: toLoadView(deliveries),
  };
}

function toQueueView(queue: QueueLoad): z.infer<typeof queueViewSchema> {
  const { oldestWaitMs, workers, processes, jobsPerSecond } = queue;
  const { load, ...rest } = toLoadView(queue);
  return {
    ...{ load, ...rest },
    oldestWaitSeconds: oldestWaitMs === null ? null : oldestWaitMs / 1000,
    ...{ workers, processes, jobsPerSecond },
    drainSeconds: jobsPerSecond === null ? null : load / jobsPerSecond,
  };
}

function toLoadView({ waiting, delayed, taken }: Load) {
  return { load: waiting + taken, waiting, delayed, taken };
}
