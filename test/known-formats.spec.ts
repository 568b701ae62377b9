import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openRecording } from '#dsp';
import { detectContentType, signatureBytes } from '#jobs';

const folders = ['libs/dsp/test-support/recordings', 'test/recordings'];
const files = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
const recordings = files.filter((path) => !/\.(json|py|md)$/.test(path));

describe('what is taken at the edge', () => {
  it.each(recordings)('is what is decoded: %s', async (path) => {
    const bytes = readFileSync(path);
    expect(detectContentType(bytes.subarray(0, signatureBytes))?.kind).toBe('audio');
    const recording = await openRecording([bytes]);
    await recording.close();
  });
});
