import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { until } from '../../../test/until.js';
import { allOf, textOf, withClient } from '../../../test/with-client.js';
import type { JobInput } from './index.js';

const recording = new Uint8Array(await readFile('samples/seven-rms.wav'));
const blob = new Blob([recording], { type: 'audio/wav' });

describe('the jobs of a client', () => {
  it.each<[string, () => JobInput, string | null]>([
    ['a file, with its name', () => ({ file: new File([blob], 'fan.wav') }), 'fan.wav'],
    ['a file, with a name given to it', () => ({ file: recording, filename: 'fan.wav' }), 'fan.wav'],
    ['bytes', () => ({ bytes: recording }), null],
    ['a stream', () => ({ bytes: blob.stream() }), null],
  ])('are submitted as %s', (_, input, filename) =>
    withClient(async ({ jobs }) => {
      const asked = { model: 'demo', priority: 9, metadata: { line: 7 }, expiresIn: 60 };
      const job = await jobs.submit({ ...asked, ...input() });
      expect(job).toMatchObject({ status: 'queued', model: { name: 'demo' }, metadata: { line: 7 } });
      expect(job.input).toMatchObject({ filename, bytes: recording.length });
      expect(await textOf(await jobs.input(job.id))).toBe(await blob.text());
    }),
  );

  it('are submitted as an address, and as an upload', () =>
    withClient(async ({ jobs, uploads }) => {
      const upload = await uploads.upload(blob);
      expect(await jobs.submit({ model: 'demo', upload, filename: 'a.wav' })).toMatchObject({ status: 'queued' });
      const atAddress = await jobs.submit({ model: 'demo', url: 'https://93.184.215.14/fan.wav' });
      expect(atAddress.input.filename).toBe('fan.wav');
    }));

  it('are made once for each key', () =>
    withClient(async ({ jobs }) => {
      const submit = (idempotencyKey?: string) => jobs.submit({ model: 'demo', bytes: recording }, { idempotencyKey });
      expect((await submit('a')).id).toBe((await submit('a')).id);
      expect((await submit()).id).not.toBe((await submit()).id);
    }));

  it('are listed, a page after the other', () =>
    withClient(async ({ jobs }) => {
      const ids: string[] = [];
      for (let made = 0; made < 5; made++) ids.unshift((await jobs.submit({ model: 'demo', bytes: recording })).id);
      expect((await allOf(jobs.list({ limit: 2 }))).map(({ id }) => id)).toEqual(ids);
      expect(await allOf(jobs.list({ status: ['failed', 'canceled'] }))).toEqual([]);
    }));

  it('are waited for', () =>
    withClient(async ({ jobs }, worker) => {
      const id = await worker.submit();
      const ended = jobs.wait(id);
      await (await worker.begin()).succeed();
      expect(await ended).toMatchObject({ id, status: 'succeeded' });
      expect(await jobs.result(id)).toMatchObject({ score: 1 });
      expect(JSON.parse(await textOf(await jobs.resultText(id)))).toMatchObject({ score: 1 });
    }));

  it('are submitted and waited for in one call', () =>
    withClient(async ({ jobs }, worker) => {
      const ended = jobs.run({ model: 'demo', bytes: recording });
      const begun = await until('there is a job', () => worker.begin().catch(() => null));
      await begun.succeed();
      expect(await ended).toMatchObject({ id: begun.id, status: 'succeeded' });
    }));

  it('are canceled, run again and deleted', () =>
    withClient(async ({ jobs }) => {
      const { id } = await jobs.submit({ model: 'demo', bytes: recording });
      expect((await jobs.cancel(id)).status).toBe('canceled');
      expect((await jobs.retry(id)).status).toBe('queued');
      await jobs.cancel(id);
      await jobs.delete(id);
      await expect(jobs.get(id)).rejects.toMatchObject({ code: 'job_not_found', status: 404 });
    }));

  it('tell what happens to them until they have ended, also behind an event', () =>
    withClient(async ({ jobs }, worker) => {
      const id = await worker.submit();
      const events = jobs.events(id);
      expect((await events.next()).value).toMatchObject({ type: 'status', data: { status: 'queued' } });
      await (await worker.begin()).succeed();
      const rest = await allOf(events);
      expect(rest.at(-1)).toMatchObject({ type: 'finished', data: { id, status: 'succeeded' } });
      expect(await allOf(jobs.events(id, { lastEventId: rest.at(-1)?.id }))).toEqual([]);
    }));
});
