import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { builtInModels } from './bundles.js';
import { post } from './post-job.js';
import { newRecording } from './recordings.js';
import { until } from './until.js';
import { withService } from './with-service.js';

const root = new URL('../', import.meta.url);
const page = readFileSync(new URL('docs/api.md', root), 'utf8');

/** The lines of the page's shell blocks: a request, and the statuses to expect. */
const requests = [...page.matchAll(/^((?:tar .+ \| )?curl .+?) # (\d{3})(?: or (\d{3}))?$/gm)].map(
  ([, line = '', ...statuses]) => ({
    line,
    statuses: statuses.filter((status) => status !== undefined),
  }),
);

/** Runs a line as a reader would, in the checkout, and returns the answer's status. */
async function statusOf(line: string, env: Record<string, string>): Promise<string> {
  const quiet = line.replace(/\bcurl (-OJ )?/, `curl -s -o /dev/null -w '%{http_code}' `);
  const shell = spawn('sh', ['-c', quiet], { cwd: fileURLToPath(root), env: { PATH: process.env['PATH'], ...env } });
  const [status] = await Promise.all([text(shell.stdout), once(shell, 'exit')]);
  return status;
}

describe('docs/api.md', () => {
  it(
    'has only requests that are answered as it says',
    () =>
      withService({ EARSHOT_MODELS: builtInModels }, async (service) => {
        await service.startWorker();
        const { url } = service;
        await until('the built-in model is there', async () => (await fetch(`${url}/models/spoken-digits`)).ok);
        const body = new Uint8Array(newRecording({ seconds: 0.1 }));
        const job = await post(`${url}/jobs?model=spoken-digits`, { body });
        const opening = await fetch(`${url}/batches`, { method: 'POST', body: '{"model": "spoken-digits"}' });
        const batch = (await opening.json()) as { id: string };
        const announced = JSON.stringify({ bytes: 27_884, contentType: 'audio/wav' });
        const uploading = await fetch(`${url}/uploads`, { method: 'POST', body: announced });
        const upload = (await uploading.json()) as { id: string; url: string };
        expect(requests.length).toBeGreaterThan(10);
        for (const { line, statuses } of requests) {
          const ids = { JOB: job.body.id, BATCH: batch.id, UPLOAD: upload.id, UPLOAD_URL: upload.url };
          const status = await statusOf(line.replaceAll('http://localhost:3000', url), ids);
          expect({ line, answered: statuses.includes(status) || status }).toEqual({ line, answered: true });
        }
      }),
    60_000,
  );

  it('shows no shell line that the test above passes over', () => {
    const lines = [...page.matchAll(/^```sh\n(.+?)\n```$/gms)].flatMap(([, block = '']) => block.split('\n'));
    expect(lines).toHaveLength(requests.length);
  });
});
