import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openRecording } from '#dsp';
import { imageFormat } from '#imaging';
import { detectContentType, signatureBytes } from '#jobs';

const filesOf = (folder: string) => readdirSync(folder).map((name) => join(folder, name));
const isMedia = (path: string) => !/\.(json|py|md)$/.test(path);
const recordings = ['libs/dsp/test-support/recordings', 'test/recordings'].flatMap(filesOf).filter(isMedia);
const images = filesOf('libs/imaging/test-support/images').filter(isMedia);

describe('what is taken at the edge', () => {
  it.each(recordings)('is what is decoded: %s', async (path) => {
    const bytes = readFileSync(path);
    expect(detectContentType(bytes.subarray(0, signatureBytes))?.kind).toBe('audio');
    const recording = await openRecording([bytes]);
    await recording.close();
  });

  it.each(images)('is what is known as an image: %s', (path) => {
    const head = readFileSync(path).subarray(0, signatureBytes);
    expect(detectContentType(head)).toEqual({ kind: 'image', contentType: `image/${imageFormat(head).toLowerCase()}` });
  });
});
