import { describe, expect, it } from '@jest/globals';
import { announceWorker } from '#jobs';
import { newRecording } from '../../../../test/recordings.js';
import { until } from '../../../../test/until.js';
import { withApi, type TestApi } from '../../../../test/with-api.js';
import { withKeys } from '../../../../test/with-keys.js';
import { withJobsAt } from '../../../../test/with-test-jobs.js';

const recording = new Uint8Array(newRecording({ seconds: 0.1 }));

async function submit({ url }: TestApi): Promise<string> {
  const answer = await fetch(`${url}/jobs?model=demo`, { method: 'POST', body: recording });
  return ((await answer.json()) as { id: string }).id;
}

/** The numbers, by their names and labels. */
async function scrape({ url }: TestApi): Promise<Map<string, number>> {
  const answer = await fetch(`${url}/metrics`);
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const lines = (await answer.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
}

const requests = (labels: string) => `earshot_http_request_duration_seconds_count{${labels}}`;

describe('/metrics', () => {
  it('has every name once with a type and a help, and only numbers', () =>
    withApi(async ({ url }) => {
      const text = await (await fetch(`${url}/metrics`)).text();
      const typed = [...text.matchAll(/^# TYPE (\S+) (gauge|counter|histogram|summary)$/gm)].map(([, name]) => name);
      const helped = [...text.matchAll(/^# HELP (\S+) \S/gm)].map(([, name]) => name);
      expect(new Set(typed).size).toBe(typed.length);
      expect(helped.sort()).toEqual([...typed].sort());
      const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
      for (const line of samples)
        expect(line).toMatch(/^[a-z_]+\d*[a-z_]*(\{([a-z_]+="[^"]*",?)+\})? (-?[\d.e+-]+|Nan|\+Inf)$/);
      for (const name of ['process_cpu_seconds_total', 'nodejs_eventloop_lag_p99_seconds', 'earshot_redis_up'])
        expect(typed).toContain(name);
    }));

  it('counts requests by method, pattern and status, and never by a path or an owner', () =>
    withApi(async (api) => {
      const { url } = api;
      const id = await submit(api);
      for (const path of [`/jobs/${id}`, `/jobs/${id}`, '/jobs/job_none', '/none/of/these', '/nor/this'])
        await (await fetch(url + path)).text();
      const found = await until('all are counted', async () => {
        const seen = await scrape(api);
        return seen.get(requests('method="any",route="none",status="404"')) === 2 && seen;
      });
      expect(found.get(requests('method="GET",route="/jobs/:id",status="200"'))).toBe(2);
      expect(found.get(requests('method="GET",route="/jobs/:id",status="404"'))).toBe(1);
      expect(found.get(requests('method="POST",route="/jobs",status="202"'))).toBe(1);
      expect(found.get('earshot_http_requests_in_flight')).toBe(1);
      const names = [...found.keys()].join('\n');
      for (const secret of [id, 'job_none', '/none/of', 'local']) expect(names).not.toContain(secret);
    }));

  it('has what waits, and what has ended with its times', () =>
    withApi(async (api) => {
      const ids = [await submit(api), await submit(api), await submit(api)];
      await withJobsAt(api.redis.address, api.store, async (jobs) => {
        const { id, succeed } = await jobs.begin();
        expect(ids).toContain(id);
        const during = await scrape(api);
        expect(during.get('earshot_queue_jobs{queue="cpu",state="waiting"}')).toBe(2);
        expect(during.get('earshot_queue_jobs{queue="cpu",state="taken"}')).toBe(1);
        expect(during.get('earshot_queue_oldest_wait_seconds{queue="cpu"}')).toBeGreaterThan(0);
        await succeed();
        expect((await scrape(api)).get('earshot_queue_jobs{queue="cpu",state="ended"}')).toBe(1);
        await jobs.archive(id);
      });
      const after = await scrape(api);
      expect(after.get('earshot_jobs_finished_total{queue="cpu",model="demo",status="succeeded"}')).toBe(1);
      for (const name of ['wait', 'run']) {
        const metric = (part: string, le = '') =>
          after.get(`earshot_job_${name}_seconds_${part}{queue="cpu",model="demo"${le}}`);
        expect([metric('count'), metric('bucket', ',le="+Inf"'), metric('bucket', ',le="1800"')]).toEqual([1, 1, 1]);
        expect(metric('sum')).toBeGreaterThanOrEqual(0);
      }
    }));

  it('is there while Redis is not, and says so', () =>
    withApi(async (api) => {
      expect((await scrape(api)).get('earshot_redis_up')).toBe(1);
      await api.redis.stop();
      const found = await scrape(api);
      expect([found.get('earshot_redis_up'), found.get('earshot_store_up')]).toEqual([0, 1]);
      expect([...found.keys()].some((name) => name.startsWith('earshot_queue'))).toBe(false);
    }));
});

describe('/scaling', () => {
  it('says what there is to do, and who does it', () =>
    withApi(async (api) => {
      const read = async () => (await (await fetch(`${api.url}/scaling`)).json()) as object;
      expect(await read()).toEqual({ queues: {}, webhooks: { load: 0, waiting: 0, delayed: 0, taken: 0 } });
      await submit(api);
      await api.redis.ask((redis) => announceWorker(redis, { id: 'w', engine: 'e', queues: ['cpu'], processes: 3 }));
      expect(await read()).toMatchObject({
        queues: {
          cpu: {
            ...{ load: 1, waiting: 1, delayed: 0, taken: 0, workers: 1, processes: 3 },
            ...{ oldestWaitSeconds: expect.any(Number), jobsPerSecond: null, drainSeconds: null },
          },
        },
      });
    }));

  it('does not say that nothing waits while Redis is away', () =>
    withApi(async (api) => {
      await api.redis.stop();
      const answer = await fetch(`${api.url}/scaling`);
      expect([answer.status, await answer.json()]).toMatchObject([503, { code: 'queue_unavailable' }]);
    }));
});

it('both need a key with the scope ops', () =>
  withKeys(async ({ send, newKey }) => {
    const [own, other] = [await newKey('acme', ['ops']), await newKey('acme', ['submit', 'read', 'admin'])];
    for (const path of ['/metrics', '/scaling']) {
      const answers = await Promise.all([own.key, other.key, null].map((key) => send(path, {}, key)));
      expect(answers.map(({ status }) => status)).toEqual([200, 403, 401]);
    }
  }));
