import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { builtInModels } from './bundles.js';
import { hasOpenssl } from './certificate.js';
import { postJson } from './post-job.js';
import { until } from './until.js';
import { withHttps } from './with-https.js';
import { withService, type Service } from './with-service.js';

const recording = await readFile(new URL('../samples/seven-rms.wav', import.meta.url));
const settings = { EARSHOT_MODELS: builtInModels, EARSHOT_EGRESS_ALLOW: '127.0.0.1' };
const testMs = 120_000;

interface Job {
  status: string;
  error: { code: string; detail: string } | null;
}

async function ended({ url }: Service, id: string): Promise<Job> {
  const look = async () => (await (await fetch(`${url}/jobs/${id}`)).json()) as Job;
  return until(
    'the job has ended',
    async () => {
      const job = await look();
      return !['queued', 'running'].includes(job.status) && job;
    },
    60_000,
  );
}

(hasOpenssl ? describe : describe.skip)('over HTTPS', () => {
  it(
    'inputs are fetched and webhooks told with certificates that the worker is told to trust, and with no others',
    () =>
      withHttps(
        (_request, response) => response.end(recording),
        ({ port, certFile, requests }) =>
          withService(settings, async (service) => {
            const at = `https://127.0.0.1:${port}`;
            const submit = async (fields: object): Promise<string> => {
              const input = { url: `${at}/seven.wav` };
              const { status, body } = await postJson(`${service.url}/jobs`, {
                model: 'spoken-digits',
                input,
                ...fields,
              });
              expect(status).toBe(202);
              return body.id;
            };
            const careful = await service.startWorker();
            const refused = await ended(service, await submit({}));
            expect(refused).toMatchObject({
              status: 'failed',
              error: {
                code: 'input_unreachable',
                detail: `The input could not be fetched from 127.0.0.1:${port}: the certificate of its server is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT).`,
              },
            });
            expect(requests).toEqual([]);
            await careful.stop('SIGTERM');

            await service.startWorker({ NODE_EXTRA_CA_CERTS: certFile });
            const webhook = { url: `${at}/told`, events: ['job.succeeded'] };
            expect(await ended(service, await submit({ webhook }))).toMatchObject({ status: 'succeeded' });
            await until('the webhook is told', () => requests.some(({ request }) => request.url === '/told'), 30_000);
          }),
      ),
    testMs,
  );
});
