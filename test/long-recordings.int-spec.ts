import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { writeListeningBundle, writeSlowBundle } from './bundles.js';
import { post } from './post-job.js';
import { newRecording } from './recordings.js';
import { withFolder } from './with-folder.js';
import { withService } from './with-service.js';

const program = fileURLToPath(new URL('long-recording.process.mjs', import.meta.url));

interface Figures {
  minutes: number;
  seconds: number;
  peakMiB: number;
  segments: number;
  end: number;
}

/** Hears a made recording in a process of its own; see the program. */
async function hear(folder: string, bundle: string, minutes: number): Promise<Figures> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    program,
    bundle,
    join(folder, 'store'),
    `${minutes}`,
  ]);
  process.stdout.write(`heard ${stdout}`);
  return JSON.parse(stdout) as Figures;
}

/** Samples of 16 kHz, each in the middle of two seconds that are silent otherwise, as one WAV file. */
async function spoken(words: readonly string[]): Promise<Uint8Array<ArrayBuffer>> {
  const file = newRecording({ seconds: 2 * words.length, sampleRate: 16_000 }).fill(0, 44);
  for (const [i, word] of words.entries()) {
    const sample = await readFile(new URL(`../samples/${word}-rms.wav`, import.meta.url));
    sample.copy(file, 44 + (2 * i + 0.5) * 2 * 16_000, 44);
  }
  return new Uint8Array(file);
}

describe('a long recording', () => {
  it(
    'of two hours takes no more memory than one of ten minutes, but for its segments',
    () =>
      withFolder(async (folder) => {
        const bundle = await writeListeningBundle(folder, { hop: 0.5, segments: {} });
        const short = await hear(folder, bundle, 10);
        const long = await hear(folder, bundle, 120);
        expect(long).toMatchObject({ end: 7200 });
        expect(long.segments).toBeGreaterThan(10 * short.segments);
        expect(long.peakMiB - short.peakMiB).toBeLessThan(100);
      }),
    300_000,
  );

  it('is answered with what was heard when', () =>
    withFolder((folder) =>
      withService({}, async (service) => {
        const rules = { threshold: 0.8, minSeconds: 0.5 };
        const bundle = await writeListeningBundle(folder, { hop: 0.25, segments: rules });
        await service.startWorker({ EARSHOT_MODELS: bundle });
        const body = await spoken(['seven', 'three', 'one']);
        const url = `${service.url}/jobs?model=listening-digits`;
        const { status, body: job } = await post(url, { body, headers: { prefer: 'wait=30' } });
        expect([status, job['status']]).toEqual([200, 'succeeded']);
        const { segments } = job['result'] as { segments: { label: string; start: number; end: number }[] };
        expect(segments.map(({ label }) => label)).toEqual(['seven', 'three', 'one']);
        // Each word is spoken from half a second on after an even second.
        for (const [i, { start, end }] of segments.entries()) {
          expect(start).toBeLessThan(2 * i + 1);
          expect(end).toBeGreaterThan(2 * i + 0.75);
        }
      }),
    ));

  it('of more bytes than are fetched at once is heard as a stream, by a card without windows too', () =>
    withFolder((folder) =>
      withService({}, async (service) => {
        await service.startWorker({ EARSHOT_MODELS: await writeSlowBundle(folder) });
        const url = `${service.url}/jobs?model=slow-digits`;
        const answers = [];
        for (const seconds of [60, 600]) {
          const body = new Uint8Array(newRecording({ seconds }));
          answers.push(await post(url, { body, headers: { prefer: 'wait=60' } }));
        }
        for (const [i, seconds] of [60, 600].entries())
          expect(answers[i]?.body).toMatchObject({ status: 'succeeded', result: { segments: [{ end: seconds }] } });
      }),
    ));
});
