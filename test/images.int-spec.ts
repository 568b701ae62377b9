import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { drawnDigits, photographDigit } from './drawn-digits.js';
import { digitCard, photographCard, writeDigitBundle } from './image-cards.js';
import { writeSmallBundle } from './models/make-bundle.js';
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
async function predict(service: Service, model: string, image: Uint8Array<ArrayBuffer>): Promise<Answer> {
  const url = `${service.url}/jobs?model=${model}`;
  const answer = await fetch(url, { method: 'POST', body: image, headers: { prefer: 'wait=60' } });
  return (await answer.json()) as Answer;
}

const readBytes = async (path: string) => new Uint8Array(await readFile(path));
const torture = (name: string) => readBytes(referenceData('images_torture', 'tfjs_node', name));

async function blankPaper(): Promise<Uint8Array<ArrayBuffer>> {
  const paper = sharp({ create: { width: 40, height: 30, channels: 3, background: '#ddd' } });
  return new Uint8Array(await paper.png().toBuffer());
}

(hasReferenceData ? describe : describe.skip)('an image', () => {
  const withDigits = (run: (service: Service) => Promise<void>): Promise<void> =>
    withFolder(async (models) => {
      await writeDigitBundle(join(models, 'digits'));
      await writeDigitBundle(join(models, 'photographed-digits'), photographCard);
      await withService({ EARSHOT_MODELS: models }, async (service) => {
        await service.startWorker();
        await run(service);
      });
    });

  it('of a digit is read by a network of 2019, and the result says how it was prepared', () =>
    withDigits(async (service) => {
      const four = await readBytes(referenceData('models', 'mnist_alvertogit', '4.jpg'));
      const { status, input, result } = await predict(service, 'digits', four);
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

  it('of a digit is read from a photograph in uneven light, several at a time, and a damaged one fails alone', () =>
    withDigits(async (service) => {
      const photographs = await Promise.all(drawnDigits.map(photographDigit));
      const damaged = photographs[0]!.slice(0, 5000);
      const answers = await Promise.all(
        [damaged, ...photographs].map((image) => predict(service, 'photographed-digits', image)),
      );
      expect(answers.slice(1).map(({ result }) => result?.label)).toEqual(drawnDigits);
      expect(answers[0]).toMatchObject({ status: 'failed', error: { code: 'input_unreadable' } });
      expect(answers[0]?.error?.detail).toContain('the JPEG image cannot be decoded');
    }));

  it('of every format is taken, and nothing else; blank paper is no digit', () =>
    withDigits(async (service) => {
      for (const name of ['image_png_test.png', 'gif_test.gif', 'image_bmp_4_channel_test.bmp'])
        expect(await predict(service, 'digits', await torture(name))).toMatchObject({ status: 'succeeded' });
      const recording = await readBytes(new URL('../samples/two-rms.wav', import.meta.url).pathname);
      const refused = await predict(service, 'digits', recording);
      expect(refused).toMatchObject({ status: 415 });
      expect(refused.detail).toContain('The model takes images as PNG');
      const blank = await predict(service, 'photographed-digits', await blankPaper());
      expect(blank).toMatchObject({ status: 'failed', error: { code: 'input_unreadable' } });
    }));
});

describe('a model of recordings', () => {
  it('takes no image, and the API, which says so, has not loaded what decodes images', () =>
    withFolder(async (models) => {
      await writeSmallBundle(models);
      await withService({ EARSHOT_MODELS: models }, async (service) => {
        await service.startWorker();
        const image = new Uint8Array(Buffer.from('\x89PNG\r\n\x1a\n-and-more', 'latin1'));
        const refused = await predict(service, 'small', image);
        expect(refused).toMatchObject({ status: 415 });
        expect(refused.detail).toContain('The model takes recordings as WAV');
        expect(await readFile(`/proc/${service.apiPid}/maps`, 'utf8')).not.toContain('libvips');
      });
    }));
});
