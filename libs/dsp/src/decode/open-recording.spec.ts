import { describe, expect, it } from '@jest/globals';
import { inPieces } from '../../test-support/in-pieces.js';
import { noise } from '../../test-support/signals.js';
import { ascii, bytesOf, wavFile } from '../../test-support/wav-file.js';
import { SignalError } from '../signal-error.js';
import { openRecording } from './open-recording.js';

/** Bytes in pieces, and whether they have been let go. */
function closable(bytes: Uint8Array) {
  const state = { closed: false };
  async function* source() {
    try {
      yield* inPieces(bytes, 1000);
    } finally {
      state.closed = true;
    }
  }
  return { source: source(), state };
}

describe('openRecording', () => {
  it('knows the form of a recording before it decodes any of it', async () => {
    const bytes = wavFile(bytesOf(noise(100)), { formatTag: 3, bits: 32, channels: 5, sampleRate: 48_000 });
    const { format, sampleRate, channels } = await openRecording(inPieces(bytes.subarray(0, 44), 1));
    expect([format, sampleRate, channels]).toEqual(['WAV', 48_000, 5]);
  });

  it('closes the source when the blocks have been read, or given up, or are refused', async () => {
    const bytes = wavFile(bytesOf(noise(100_000)), { channels: 2 });
    const read = closable(bytes);
    for await (const block of (await openRecording(read.source)).blocks('all')) expect(block.length).toBeGreaterThan(0);
    const givenUp = closable(bytes);
    for await (const block of (await openRecording(givenUp.source)).blocks(1)) if (block.length > 0) break;
    const refused = closable(bytes);
    await expect((await openRecording(refused.source)).blocks(2).next()).rejects.toThrow(/channel 2 is asked for/);
    expect([read, givenUp, refused].map(({ state }) => state.closed)).toEqual([true, true, true]);
  });

  it('gives blocks of at most 65,536 frames, in an array that is used again', async () => {
    const bytes = wavFile(new Uint8Array(200_000).fill(1), { bits: 8 });
    const blocks: Float32Array[] = [];
    for await (const block of (await openRecording([bytes])).blocks('mean')) blocks.push(block);
    expect(blocks.map(({ length }) => length)).toEqual([65_536, 65_536, 65_536, 3392]);
    expect(new Set(blocks.map(({ buffer }) => buffer)).size).toBe(1);
  });

  it.each([
    ['', 'the file is empty'],
    ['RIFF', 'of no known audio format'],
    ['caff....desc', 'this is a CAF file, which is not supported: convert it to WAV'],
    ['....ftypM4A ', 'this is an MP4 or M4A file'],
    ['0&\xb2u\x8ef\xcf\x11', 'this is a WMA file'],
    ['\x1aE\xdf\xa3....', 'this is a Matroska or WebM file'],
    ['#!AMR-WB', 'this is an AMR file'],
    ['RIFF....AVI ', 'this is an AVI file'],
    ['FORM....8SVX', 'this is an 8SVX file'],
    ['riff\x2e\x91\xcf\x11', 'this is a Wave64 file'],
    ['\xff\xf1P\x80', 'this is an AAC file'],
    ['PK\x03\x04....', 'this is a compressed archive'],
    ['\x1f\x8b......', 'this is a compressed archive'],
    ['\x89PNG\r\n', 'this is an image'],
    ['<!DOCTYPE html><html>', 'this is a web page or XML'],
    ['\n <html lang="en">', 'this is a web page or XML'],
    ['{"message":"not found"}', 'this is JSON'],
    ['RIFFs are what guitars play', 'this is text'],
    ['\0\x01\x02\x03', 'of no known audio format'],
  ])('refuses what starts with %j by name', async (start, message) => {
    const { source, state } = closable(ascii(start));
    const refusal = expect(openRecording(source)).rejects;
    await refusal.toThrow(SignalError);
    await refusal.toThrow(message);
    expect(state.closed).toBe(true);
  });
});
