import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { drawnDigits, photographDigit } from './drawn-digits.js';
import { digitCard, photographCard, writeDigitBundle } from './image-cards.js';
import { smallCard, writeSmallBundle } from './models/make-bundle.js';
import { newRecording } from './recordings.js';
import { hasReferenceData, referenceData } from './reference-data.js';
import { withFolder } from './with-folder.js';
import { withService, type Service } from './with-service.js';

interface Answer {
  status: string | number;
  input?: { contentType: string };
  result?: { label: string; segments: unknown[]; provenance: { features: Record<string, unknown> } } | null;
  error?: { code: string; detail: string } | null;
  type?: string;
  detail?: string;
}

/** Sends an image and waits for what becomes of it. */
async function predict(service: Service, { name }: { name: string }, image: Uint8Array): Promise<Answer> {
  const url = `${service.url}/jobs?model=${name}`;
  const answer = await fetch(url, { method: 'POST', body: new Uint8Array(image), headers: { prefer: 'wait=60' } });
  return (await answer.json()) as Answer;
}

const torture = referenceData('images_torture', 'tfjs_node');

/** Those that TensorFlow.js is tested with, of 1 to 4 channels, and two formats that it does not read. */
async function tinyImages(): Promise<Uint8Array[]> {
  const paths = (await readdir(torture)).map((name) => join(torture, name));
  const [webp, tiff] = [sharp(paths[0]).webp(), sharp(paths[0]).tiff()];
  return Promise.all([...paths.map((path) => readFile(path)), webp.toBuffer(), tiff.toBuffer()]);
}

/** Images that begin as one does, and what their jobs' errors say of them. */
async function unreadableImages(): Promise<[why: string, bytes: Uint8Array, detail: string][]> {
  const paper = sharp({ create: { width: 40, height: 30, channels: 3, background: '#ddd' } });
  const png = await paper.clone().png().toBuffer();
  const huge = Buffer.from(png);
  // Width and height of the header chunk; its checksum need not be right to be believed.
  for (const at of [16, 20]) huge.writeUInt32BE(60_000, at);
  const bmp = await readFile(join(torture, 'image_bmp_test.bmp'));
  return [
    ['blank paper', png, 'nothing is drawn'],
    ['its first bytes alone', png.subarray(0, 16), 'the PNG image cannot be decoded'],
    ['3.6 billion pixels', huge, '60000 x 60000 pixels, at most 50000000'],
    ['colours of a printer', await paper.clone().toColourspace('cmyk').jpeg().toBuffer(), 'save it in grey or RGB'],
    ['a BMP cut short', bmp.subarray(0, 60), 'BMP'],
  ];
}

(hasReferenceData ? describe : describe.skip)('an image', () => {
  const withDigits = (card: typeof digitCard, run: (service: Service) => Promise<void>): Promise<void> =>
    withFolder(async (models) => {
      await writeDigitBundle(models, card);
      await withService({ EARSHOT_MODELS: models }, async (service) => {
        await service.startWorker();
        await run(service);
      });
    });

  it('of a digit is read by a network of 2019, and the result says how it was prepared', () =>
    withDigits(digitCard, async (service) => {
      const four = await readFile(referenceData('models', 'mnist_alvertogit', '4.jpg'));
      const { status, input, result } = await predict(service, digitCard, four);
      expect(status).toBe('succeeded');
      expect(input?.contentType).toBe('image/jpeg');
      expect(result).toMatchObject({
        label: '4',
        segments: [],
        provenance: {
          features: {
            input: { kind: 'image', background: 'white' },
            image: { ...digitCard.image, resize: 'scikit-image', range: [0, 1] },
          },
        },
      });
    }));

  it(
    'of each digit is read from a photograph in uneven light, ten at a time, and a damaged one fails alone',
    () =>
      withDigits(photographCard, async (service) => {
        const photographs = await Promise.all(drawnDigits.map(photographDigit));
        const damaged = photographs[0]!.slice(0, 5000);
        const answers = await Promise.all(
          [damaged, ...photographs].map((image) => predict(service, photographCard, image)),
        );
        expect(answers.slice(1).map(({ result }) => result?.label)).toEqual(drawnDigits);
        expect(answers[0]).toMatchObject({ status: 'failed', error: { code: 'input_unreadable' } });
        expect(answers[0]?.error?.detail).toContain('the JPEG image cannot be decoded');
      }),
    120_000,
  );

  it('of a few pixels is taken, in every format', () =>
    withDigits(digitCard, async (service) => {
      for (const image of await tinyImages()) {
        const { status, input } = await predict(service, digitCard, image);
        expect([input?.contentType, status]).toEqual([expect.stringMatching(/^image\//), 'succeeded']);
      }
    }));

  it('that cannot be read fails its job with the reason, and no process is lost', () =>
    withDigits(photographCard, async (service) => {
      const [worker] = service.workers;
      const processes = worker?.children;
      for (const [why, image, detail] of await unreadableImages()) {
        const { status, error } = await predict(service, photographCard, image);
        expect([why, status, error?.code]).toEqual([why, 'failed', 'input_unreadable']);
        expect(error?.detail).toContain(detail);
      }
      expect(worker?.children).toEqual(processes);
    }));

  it('is asked for where something else is sent', () =>
    withDigits(digitCard, async (service) => {
      const recording = newRecording({ seconds: 1 });
      for (const bytes of [recording, Buffer.from('no image')]) {
        const refused = await predict(service, digitCard, bytes);
        expect(refused.status).toBe(415);
        expect(refused.type).toContain('input_type_mismatch');
        expect(refused.detail).toContain('The model takes images as PNG');
      }
    }));
});

describe('a model of recordings', () => {
  it('takes no image, and the API, which says so, has not loaded what decodes images', () =>
    withFolder(async (models) => {
      await writeSmallBundle(models);
      await withService({ EARSHOT_MODELS: models }, async (service) => {
        await service.startWorker();
        const image = Buffer.from('\x89PNG\r\n\x1a\n-and-more', 'latin1');
        const refused = await predict(service, smallCard, image);
        expect(refused).toMatchObject({ status: 415 });
        expect(refused.detail).toContain('The model takes recordings as WAV');
        expect(await readFile(`/proc/${service.apiPid}/maps`, 'utf8')).not.toContain('libvips');
      });
    }));
});
