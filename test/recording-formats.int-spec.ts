import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { builtInModels } from './bundles.js';
import { post, type Answer } from './post-job.js';
import { withService, type Service } from './with-service.js';

/** One recording in each format (scripts/make-test-recordings.mjs); cut after so many bytes it has a beginning, and no sound. */
const formats = [
  { file: 'seven.flac', contentType: 'audio/flac', cut: 60, detail: 'FLAC: ' },
  { file: 'seven.mp3', contentType: 'audio/mpeg', cut: 100, detail: 'MP3: ' },
  { file: 'seven.ogg', contentType: 'audio/ogg', cut: 100, detail: 'Ogg Vorbis: ' },
  { file: 'seven.opus', contentType: 'audio/ogg', cut: 100, detail: 'Ogg Opus: ' },
  { file: 'seven-8-channels.rf64', contentType: 'audio/wav', cut: 100, detail: 'WAV: ' },
  { file: 'seven.aiff', contentType: 'audio/aiff', cut: 48, detail: 'AIFF: ' },
  { file: 'seven.au', contentType: 'audio/basic', cut: 32, detail: 'AU: ' },
];

async function read(file: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(new URL(`recordings/${file}`, import.meta.url)));
}

function submit(service: Service, body: Uint8Array<ArrayBuffer>): Promise<Answer> {
  return post(`${service.url}/jobs?model=spoken-digits`, { body, headers: { prefer: 'wait=30' } });
}

describe('a recording in any format', () => {
  it('is heard like the WAV file that it was made of; one that is cut off fails alone, and says why', () =>
    withService({ EARSHOT_MODELS: builtInModels, EARSHOT_COMPUTE_PROCESSES: '1' }, async (service) => {
      const worker = await service.startWorker();
      const { children } = worker;
      for (const { file, contentType, cut, detail } of formats) {
        const bytes = await read(file);
        const damaged = await submit(service, bytes.slice(0, cut));
        expect({ file, ...damaged.body }).toMatchObject({
          ...{ file, status: 'failed', result: null, input: { contentType } },
          error: { code: 'input_unreadable', detail: expect.stringContaining(detail) },
        });
        const whole = await submit(service, bytes);
        expect({ file, ...whole.body }).toMatchObject({
          ...{ file, status: 'succeeded', error: null, input: { contentType, bytes: bytes.length } },
          result: { label: 'seven', score: expect.closeTo(0.98, 1) },
        });
      }
      // The process that met all of the damaged ones is still the first.
      expect(worker.children).toEqual(children);
    }));
});
