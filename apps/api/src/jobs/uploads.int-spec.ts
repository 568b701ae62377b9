import { describe, expect, it } from '@jest/globals';
import { post } from '../../../../test/post-job.js';
import { newRecording } from '../../../../test/recordings.js';
import { SlowUpload } from '../../../../test/slow-upload.js';
import { until } from '../../../../test/until.js';
import { inputsSettle, withApi, writingBegins } from '../../../../test/with-api.js';

const recording = newRecording({ seconds: 10 });
const form = { 'content-type': 'multipart/form-data; boundary=x' };
const filePart = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\n';

describe('a client that leaves while it sends', () => {
  it.each([
    ['a raw body', {}, ''],
    ['a form', form, filePart],
  ])('leaves nothing behind: %s', (_kind, headers, before) =>
    withApi(async (api) => {
      const upload = new SlowUpload(`${api.url}/jobs?model=demo`, headers);
      await upload.send(before);
      await upload.send(recording);
      await writingBegins(api);
      upload.leave();
      await inputsSettle(api, 0);
      await until('it is logged', () => api.log.some((line) => line.includes('client left')));
    }),
  );
});

describe('an upload that stands still', () => {
  it.each([
    ['a raw body', {}, ''],
    ['a form within its file', form, filePart],
    ['a form between its parts', form, ''],
  ])('is ended with 408: %s', (_kind, headers, before) =>
    withApi(
      async (api) => {
        const upload = new SlowUpload(`${api.url}/jobs?model=demo`, headers);
        await upload.send(
          before === '' && 'content-type' in headers ? '--x\r\n' : before + recording.toString('latin1'),
        );
        expect(await upload.answer()).toEqual({ status: 408, code: 'upload_timeout' });
        await inputsSettle(api, 0);
      },
      { uploadIdleMs: 500 },
    ),
  );

  it('is left alone as long as bytes come', () =>
    withApi(
      async (api) => {
        const upload = new SlowUpload(`${api.url}/jobs?model=demo`);
        for (let sent = 0; sent < 6; sent += 1) {
          await upload.send(recording.subarray(sent * 1000, (sent + 1) * 1000));
          await new Promise((resolve) => setTimeout(resolve, 250));
        }
        upload.end();
        expect((await upload.answer()).status).toBe(202);
      },
      { uploadIdleMs: 1000 },
    ));
});

describe('an input that is too large', () => {
  const limit = { maxUploadBytes: 100_000 };
  const refused = { status: 413, body: { code: 'input_too_large' } };

  it('is refused by its announced length, before a byte is read', () =>
    withApi(async (api) => {
      const upload = new SlowUpload(`${api.url}/jobs?model=demo`, { 'content-length': 2_000_000 });
      await upload.send('RIFF');
      expect(await upload.answer()).toEqual({ status: 413, code: 'input_too_large' });
    }, limit));

  it('is refused at the byte that is one too many, and the client sees why', () =>
    withApi(async (api) => {
      const body = new Blob([new Uint8Array(recording)]).stream();
      expect(await post(`${api.url}/jobs?model=demo`, { body, duplex: 'half' })).toMatchObject(refused);
      const tail = `${filePart}${recording.toString('latin1')}\r\n--x--\r\n`;
      const asForm = { body: Buffer.from(tail, 'latin1'), headers: form };
      expect(await post(`${api.url}/jobs?model=demo`, asForm)).toMatchObject(refused);
      await inputsSettle(api, 0);
    }, limit));

  it('may have exactly as many bytes as are allowed', () =>
    withApi(
      async (api) => {
        const answer = await post(`${api.url}/jobs?model=demo`, { body: new Uint8Array(recording) });
        expect(answer.status).toBe(202);
      },
      { maxUploadBytes: recording.length },
    ));
});

describe('a form that ends early', () => {
  it('is refused, and nothing of it is kept', () =>
    withApi(async (api) => {
      const init = { body: `${filePart}${recording.toString('latin1')}`, headers: form };
      const { status, body } = await post(`${api.url}/jobs?model=demo`, init);
      expect([status, body.code]).toEqual([400, 'upload_interrupted']);
      await inputsSettle(api, 0);
    }));
});
