import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { allOf, textOf, withClient } from '../../../test/with-client.js';

const recording = new Uint8Array(await readFile('samples/seven-rms.wav'));

describe('the batches of a client', () => {
  it('are opened once for each key, filled, and closed', () =>
    withClient(async ({ batches }) => {
      const open = () => batches.open({ model: 'demo', metadata: { shift: 'night' } }, { idempotencyKey: 'a' });
      const { id, status, metadata } = await open();
      expect({ status, metadata, again: (await open()).id }).toEqual({
        ...{ status: 'open', metadata: { shift: 'night' }, again: id },
      });
      const file = await batches.addFile(id, 'line 7/ä.wav', recording);
      expect(await batches.addFile(id, 'line 7/ä.wav', new Blob([recording]).stream())).toEqual(file);
      expect(await allOf(batches.files(id))).toEqual([
        { path: 'line 7/ä.wav', sha256: file.sha256, bytes: recording.length },
      ]);
      expect(await batches.close(id)).toMatchObject({ status: 'running', counts: { total: 1 } });
    }));

  it('tell how each file fares, as lines and as CSV', () =>
    withClient(async ({ batches }) => {
      const { id } = await batches.open({ model: 'demo' });
      expect(await allOf(batches.results(id))).toEqual([]);
      for (const path of ['a.wav', 'b.wav']) await batches.addFile(id, path, recording);
      expect(await allOf(batches.results(id))).toMatchObject([
        { path: 'a.wav', status: 'queued' },
        { path: 'b.wav', status: 'queued' },
      ]);
      expect((await textOf(await batches.resultsCsv(id))).split('\r\n')[1]).toMatch(/^a\.wav,queued,/);
    }));

  it('are waited for, until no more can come', () =>
    withClient(async ({ batches }) => {
      const { id } = await batches.open({ model: 'demo' });
      const over = batches.wait(id);
      await batches.close(id);
      expect(await over).toMatchObject({ id, status: 'finished', finishedAt: expect.any(String) });
    }));

  it('are canceled, and take no more files then', () =>
    withClient(async ({ batches }) => {
      const { id } = await batches.open({ model: 'demo' });
      await batches.addFile(id, 'a.wav', recording);
      expect(await batches.cancel(id)).toMatchObject({ status: 'canceled', counts: { canceled: 1 } });
      expect((await batches.get(id)).status).toBe('canceled');
      await expect(batches.addFile(id, 'b.wav', recording)).rejects.toMatchObject({ code: 'batch_closed' });
    }));

  it('tell what happens to them, for as long as somebody listens', () =>
    withClient(async ({ batches }) => {
      const { id } = await batches.open({ model: 'demo' });
      const events = batches.events(id);
      expect((await events.next()).value).toMatchObject({ type: 'progress', data: { id, counts: { total: 0 } } });
      await batches.addFile(id, 'a.wav', recording);
      expect((await events.next()).value).toMatchObject({ type: 'progress', data: { id, counts: { total: 1 } } });
      await events.return(undefined);
    }));

  it('are opened with files', () =>
    withClient(async ({ batches }) => {
      const files = ['a.wav', 'line 7/b.wav'].map((path) => ({ path, bytes: recording }));
      const { id, metadata } = await batches.openWithFiles(files, { model: 'demo', metadata: { shift: 'night' } });
      expect(metadata).toEqual({ shift: 'night' });
      expect((await allOf(batches.files(id))).map(({ path }) => path)).toEqual(files.map(({ path }) => path));
    }));
});
