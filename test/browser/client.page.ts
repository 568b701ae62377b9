/** What a page does with the client; it tells what came of it by POST to /outcome. Runs in a browser. */
import { EarshotClient, EarshotProblem, EarshotUnreachable } from '#client';

const { origin, searchParams } = new URL(import.meta.url);
/** An address where nobody listens. */
const nobody = searchParams.get('nobody') ?? '';
const { jobs, batches, uploads } = new EarshotClient(origin);
const recording = await (await fetch('/recording.wav')).blob();

async function useAll(): Promise<unknown> {
  const job = await jobs.submit({ model: 'demo', file: new File([recording], 'seven.wav'), metadata: { line: 7 } });
  const uploaded = await jobs.submit({ model: 'demo', upload: await uploads.upload(recording) });
  const batch = await batches.open({ model: 'demo' });
  await batches.addFile(batch.id, 'line 7/ä.wav', await recording.arrayBuffer());
  const files: unknown[] = [];
  for await (const { path, bytes } of batches.files(batch.id)) files.push({ path, bytes });
  const input = await new Response(await jobs.input(job.id)).arrayBuffer();
  return {
    ...{
      filename: job.input.filename,
      metadata: job.metadata,
      uploaded: uploaded.status,
      event: await firstEvent(job.id),
      files,
    },
    ...{ inputBytes: input.byteLength, canceled: (await jobs.cancel(job.id)).status },
    problem: await jobs.get('job_none').catch((error: unknown) => error instanceof EarshotProblem && error.code),
    nobody: await new EarshotClient(nobody, { patience: { outageMs: 0, limitMs: 0 } }).models
      .list()
      .catch((error: unknown) => error instanceof EarshotUnreachable),
  };
}

async function firstEvent(id: string): Promise<string | undefined> {
  for await (const { type } of jobs.events(id)) return type;
  return undefined;
}

const outcome = await useAll().catch((error: unknown) => String((error as Error).stack));
await fetch('/outcome', { method: 'POST', body: JSON.stringify(outcome) });
