import { describe, expect, it } from '@jest/globals';
import { addWebhook, newWebhookId, WebhookSecrets } from '#jobs';
import { newRecording } from '../recordings.js';
import { until } from '../until.js';
import { verify, withReceiver, type Answering } from '../with-receiver.js';
import { withWorkers } from '../with-workers.js';

const owner = 'local';
const jobs = 30;
const kills = 5;
const recording = newRecording({ seconds: 1 });

/** Refuses each tenth message when it first comes. */
function fussy(): Answering {
  const refused = new Set<string>();
  let count = 0;
  return ({ id }, response) => {
    const refuses = !refused.has(id) && count++ % 10 === 0;
    if (refuses) refused.add(id);
    response.writeHead(refuses ? 500 : 204).end();
  };
}

describe('while one worker after the other is killed with SIGKILL', () => {
  it(
    'every beginning and every end of a job is delivered, verifiably, at least once',
    () =>
      withReceiver(
        (receiver) =>
          withWorkers(async (workers) => {
            const { submitter } = workers;
            const secrets = new WebhookSecrets(submitter.redis, undefined);
            const { secret, kept } = await secrets.make(owner);
            await addWebhook(submitter.redis, {
              ...{ id: newWebhookId(), owner, url: receiver.url, events: ['job.succeeded', 'job.running'] },
              ...{ description: null, createdAt: Date.now(), disabled: null, secret: kept },
            });
            const start = () => workers.start({ EARSHOT_EGRESS_ALLOW: receiver.host });
            let [first, second] = [await start(), await start()];
            const ids: string[] = [];
            for (let i = 0; i < jobs; i++) {
              ids.push(await submitter.submit(recording, 'slow-digits'));
              if (i % (jobs / kills) !== 0) continue;
              await receiver.has(Math.floor(i / 2));
              await first.stop('SIGKILL');
              [first, second] = [second, await start()];
            }
            const succeeded = () => receiver.received.filter(({ event }) => event.type === 'job.succeeded');
            await until('every end is delivered', () => new Set(succeeded().map(jobOf)).size === jobs, 50_000);
            for (const id of ids) expect(await submitter.ended(id)).toMatchObject({ status: 'succeeded' });
            const begun = () => receiver.received.filter(({ event }) => event.type === 'job.running');
            await until('every beginning is delivered', () => new Set(begun().map(jobOf)).size === jobs, 50_000);
            expect(new Set(succeeded().map(jobOf))).toEqual(new Set(ids));
            // The end of a job is one message, however often it comes.
            expect(new Set(succeeded().map(({ id }) => id)).size).toBe(jobs);
            for (const one of receiver.received) verify(one, secret);
          }),
        fussy(),
      ),
    120_000,
  );
});

function jobOf({ event }: { event: { data: { id?: string } } }): string {
  return event.data.id ?? '';
}
