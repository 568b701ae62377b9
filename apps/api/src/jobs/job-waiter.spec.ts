import { describe, expect, it } from '@jest/globals';
import { newJobId, toJobRecord, type JobRecord, type JobStatus } from '#jobs';
import { JobWaiter } from './job-waiter.js';
import { JobWatches } from './job-watches.js';

const id = newJobId();

function job(status: JobStatus): JobRecord {
  const model = { name: 'fan', version: '1.0.0', digest: '' };
  const input = { filename: null, contentType: 'audio/wav', bytes: 1, sha256: '0'.repeat(64) };
  const payload = {
    owner: 'local',
    model,
    groupLimit: 1,
    input,
    metadata: {},
    timeoutMs: 1,
    expiresAt: null,
    requestId: '',
  };
  const times = { createdAt: 0, queuedAt: 0, begunAt: null, finishedAt: null };
  const rest = {
    queuePosition: null,
    estimatedStartAt: null,
    priority: 5,
    run: 1,
    attempts: 0,
    outcome: null,
    failure: null,
  };
  return toJobRecord({ id, label: 'cpu', status, payload, ...times, ...rest }, null);
}

/** A waiter, and what tells it of jobs. */
function newWaiter(stopping = new AbortController().signal): { waiter: JobWaiter; watches: JobWatches } {
  const watches = new JobWatches();
  const events = { listen: () => Promise.resolve(), watch: (jobId: string) => watches.watch(jobId) };
  return { waiter: new JobWaiter(events, stopping), watches };
}

const wait = { jobId: id, ms: 30_000, gone: new AbortController().signal };

describe('JobWaiter', () => {
  it('looks again at once when an event names the job', async () => {
    const { waiter, watches } = newWaiter();
    let [status, looks]: [JobStatus, number] = ['queued', 0];
    const waiting = waiter.wait(wait, () => {
      looks += 1;
      return Promise.resolve(job(status));
    });
    await new Promise((resolve) => setImmediate(resolve));
    status = 'succeeded';
    watches.tell(id);
    expect((await waiting)?.status).toBe('succeeded');
    expect(looks).toBe(2);
  });

  it('finds out without any event', async () => {
    const { waiter } = newWaiter();
    let looks = 0;
    const look = () => Promise.resolve(job((looks += 1) < 3 ? 'running' : 'failed'));
    expect((await waiter.wait(wait, look))?.status).toBe('failed');
  });

  it('returns what it saw when the time is up, the caller is gone, or the API stops', async () => {
    const look = () => Promise.resolve(job('queued'));
    const [gone, stopping] = [new AbortController(), new AbortController()];
    const [first, second, third] = [newWaiter().waiter, newWaiter().waiter, newWaiter(stopping.signal).waiter];
    const answers = [first.wait({ ...wait, ms: 20 }, look), second.wait({ ...wait, gone: gone.signal }, look)];
    answers.push(third.wait(wait, look));
    gone.abort();
    stopping.abort();
    expect((await Promise.all(answers)).map((seen) => seen?.status)).toEqual(['queued', 'queued', 'queued']);
  });

  it('outlasts looks that fail, and remembers what it saw before', async () => {
    const { waiter } = newWaiter();
    let looks = 0;
    const look = () => ((looks += 1) === 1 ? Promise.resolve(job('running')) : Promise.reject(new Error('no Redis')));
    expect((await waiter.wait({ ...wait, ms: 120 }, look))?.status).toBe('running');
    expect(looks).toBeGreaterThan(1);
  });
});
