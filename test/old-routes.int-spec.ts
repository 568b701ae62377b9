import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { builtInModels, writeBundle, writeFanBundle } from './bundles.js';
import { writeDigitBundle } from './image-cards.js';
import { smallCard, writeSmallBundle } from './models/make-bundle.js';
import { hasReferenceData, referenceData } from './reference-data.js';
import { until } from './until.js';
import { withFolder } from './with-folder.js';
import { withHttp } from './with-http.js';
import { withService, type Service } from './with-service.js';

const seven = fileURLToPath(new URL('../samples/seven-rms.wav', import.meta.url));

/** Runs curl with these arguments, as the READMEs of the old servers have them, and returns what was answered. */
async function curl(...args: string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)('curl', ['-sS', ...args]);
  return JSON.parse(stdout);
}

async function withModels(settings: Record<string, string>, names: string[], run: (service: Service) => Promise<void>) {
  await withService(settings, async (service) => {
    await service.startWorker();
    for (const name of names)
      await until(`${name} is registered`, async () => (await fetch(`${service.url}/models/${name}`)).ok, 20_000);
    await run(service);
  });
}

describe('clients of older servers', () => {
  it('of recordings are answered as they were', () =>
    withFolder(async (folder) => {
      const labels = Array.from({ length: 10 }, (_, index) => `word ${index}`);
      const best = await writeBundle(join(folder, 'best'), (card) => {
        Object.assign(card, { name: 'best', output: { ...card.output, labels, topK: 2 } });
      });
      const settings = {
        EARSHOT_MODELS: `${builtInModels}:${best}`,
        EARSHOT_LEGACY_ROUTES: 'index,predict=spoken-digits@1.0.0,inference=spoken-digits,predictlabel=best',
      };
      await withModels(settings, ['spoken-digits', 'best'], async ({ url }) => {
        const up = await promisify(execFile)('curl', ['-sS', url]);
        expect(up.stdout).toBe('server is up');
        expect(await curl('-F', `file=@${seven}`, `${url}/predict`)).toEqual({ keyword: 'seven' });
        // An exact form of Python's requests: no charset, no file type, other parts before and after.
        const boundary = '9d1f7a3e';
        const part = (name: string) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"`;
        const head = `${part('user')}\r\n\r\nme\r\n${part('file')}; filename="a.wav"\r\n\r\n`;
        const tail = `\r\n${part('other')}; filename="b.txt"\r\n\r\nb\r\n--${boundary}--\r\n`;
        const body = new Uint8Array(Buffer.concat([Buffer.from(head), await readFile(seven), Buffer.from(tail)]));
        const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
        const answer = await fetch(`${url}/inference`, { method: 'POST', body, headers });
        expect(answer.status).toBe(200);
        const { Anomaly, Details, ...rest } = (await answer.json()) as {
          Anomaly: boolean;
          Details: { Message: string; Probabilities: number[] };
        };
        // That card does not say what is normal; its first label is zero.
        expect({ Anomaly, Message: Details.Message, rest }).toEqual({ Anomaly: true, Message: 'seven', rest: {} });
        expect(Details.Probabilities).toHaveLength(10);
        expect(Details.Probabilities.indexOf(Math.max(...Details.Probabilities))).toBe(7);
        const label = await curl('-F', `image=@${seven}`, `${url}/predictlabel`);
        expect(label).toMatchObject({ success: true, most_probable_label: 'word 7' });
        expect(await curl('-F', `file=@${seven}`, `${url}/api/predictlabel`)).toEqual(label);
      });
    }));

  it('are told of a model that does not give what they are to be answered', () =>
    withFolder(async (folder) => {
      const best = await writeBundle(folder, (card) => {
        Object.assign(card, { name: 'best', output: { ...card.output, topK: 2 } });
      });
      const settings = { EARSHOT_MODELS: best, EARSHOT_LEGACY_ROUTES: 'inference=best' };
      await withModels(settings, ['best'], async ({ url }) => {
        const refused = await curl('-F', `file=@${seven}`, `${url}/inference`);
        expect(refused).toMatchObject({ code: 'model_refused', status: 422 });
      });
    }));

  it('are told all scores, also where a job shows the best alone', () =>
    withFolder(async (folder) => {
      const labels = Array.from({ length: 30 }, (_, index) => `sound ${index}`);
      const dense = { units: 30, activation: 'softmax' };
      await writeSmallBundle(folder, { ...smallCard, output: { labels } }, [
        { className: 'Flatten' },
        { className: 'Dense', options: dense, weights: { kernel: [56, 30], bias: [30] } },
      ]);
      const settings = { EARSHOT_MODELS: folder, EARSHOT_LEGACY_ROUTES: 'predictlabel=small' };
      await withModels(settings, ['small'], async ({ url }) => {
        const { predictions } = (await curl('-F', `file=@${seven}`, `${url}/predictlabel`)) as {
          predictions: { label: string }[];
        };
        expect(predictions.map(({ label }) => label)).toEqual(labels);
      });
    }));

  (hasReferenceData ? it : it.skip)('of faults, digits and characters are answered as they were', () =>
    withFolder(async (folder) => {
      const four = referenceData('models', 'mnist_alvertogit', '4.jpg');
      const bytes = await readFile(four);
      const models = [await writeFanBundle(join(folder, 'fan')), await writeDigitBundle(join(folder, 'digits'))];
      const settings = {
        EARSHOT_MODELS: models.join(':'),
        EARSHOT_EGRESS_ALLOW: '127.0.0.1',
        EARSHOT_LEGACY_ROUTES: 'inference=fan-fault,predictlabel=digits,v1=digits',
      };
      await withModels(settings, ['fan-fault', 'digits'], ({ url }) =>
        withHttp(
          (request, response) => {
            if (request.url === '/4.jpg') response.end(bytes);
            else response.writeHead(404).end();
          },
          async (images) => {
            const normal = referenceData('fan', 'mimii_signalML', 'normal.wav');
            expect(await curl('-F', `file=@${normal}`, `${url}/inference`)).toEqual({
              Anomaly: false,
              Details: { Message: 'Component OK', Probabilities: Array(4).fill(expect.any(Number)) },
            });
            const label = (await curl('-F', `image=@${four}`, `${url}/predictlabel`)) as { predictions: object[] };
            const digits = Array.from({ length: 10 }, (_, digit) => String(digit));
            expect(label).toEqual({
              success: true,
              most_probable_label: '4',
              predictions: digits.map((digit) => ({ label: digit, probability: expect.stringMatching(/^[\d.e-]+$/) })),
            });
            const character = { pred: '4', conf: expect.any(Number) };
            expect(await curl(`${url}/v1/predict?image_url=${images.url}/4.jpg`)).toEqual(character);
            const image = `data:image/jpeg;base64,${bytes.toString('base64')}`;
            const answer = await fetch(`${url}/v1/predict`, { method: 'POST', body: JSON.stringify({ image }) });
            expect([answer.status, await answer.json()]).toEqual([200, character]);
            const gone = await curl(`${url}/v1/predict?image_url=${images.url}/5.jpg`);
            expect(gone).toMatchObject({ status: 422, code: 'input_refused' });
            const damaged = bytes.subarray(0, 200).toString('base64');
            const body = JSON.stringify({ image: `data:image/jpeg;base64,${damaged}` });
            const failed = await fetch(`${url}/v1/predict`, { method: 'POST', body });
            expect(await failed.json()).toMatchObject({ status: 422, code: 'input_unreadable' });
          },
        ),
      );
    }),
  );
});
