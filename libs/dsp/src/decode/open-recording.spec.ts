import { describe, expect, it } from '@jest/globals';
import { inPieces } from '../../test-support/in-pieces.js';
import { largestError } from '../../test-support/largest-error.js';
import { recordingBytes } from '../../test-support/recordings.js';
import { noise } from '../../test-support/signals.js';
import { ascii, bytesOf, wavFile } from '../../test-support/wav-file.js';
import { SignalError } from '../signal-error.js';
import { decodeRecording } from './decode-recording.js';
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

  it('closes the source when it is told to, before any block was asked for', async () => {
    const { source, state } = closable(wavFile(bytesOf(noise(100_000))));
    const recording = await openRecording(source);
    await recording.blocks('all').return();
    expect(state.closed).toBe(false);
    await recording.close();
    expect(state.closed).toBe(true);
  });

  it.each(['WAV', 'mono-8k-s16.flac', 'mono-16k.ogg', 'mono-24k.opus', 'mono-8k.mp3'])(
    'passes an error of the source on as it is: %s',
    async (name) => {
      const bytes = name === 'WAV' ? wavFile(bytesOf(noise(100_000))) : recordingBytes(name);
      const fault = new Error('the disk is gone');
      let isClosed = false;
      async function* source() {
        try {
          yield* inPieces(bytes.subarray(0, bytes.length / 2), 1000);
          throw fault;
        } finally {
          isClosed = true;
        }
      }
      await expect(decodeRecording(source())).rejects.toBe(fault);
      expect(isClosed).toBe(true);
    },
  );

  it('keeps recordings apart that are read in turns', async () => {
    const files = [
      wavFile(bytesOf(noise(200_000)), { channels: 3 }),
      wavFile(bytesOf(noise(150_000)), { formatTag: 3, bits: 32, channels: 2 }),
      wavFile(bytesOf(noise(50_000)), { formatTag: 7, bits: 8 }),
      ...[
        'stereo-16k-s8.flac',
        'stereo-44k.ogg',
        'mono-16k.ogg',
        'stereo-64k.opus',
        'mono-24k.opus',
        'stereo-44k.mp3',
        'mono-8k.mp3',
      ].map(recordingBytes),
    ];
    for (const choice of ['all', 'mean'] as const) {
      const alone = await Promise.all(files.map(async (file) => (await decodeRecording([file], choice)).samples));
      const turns = await Promise.all(files.map(async (file) => (await openRecording([file])).blocks(choice)));
      const given = files.map((): number[] => []);
      for (let isLeft = true; isLeft;) {
        const next = [];
        for (const blocks of turns) next.push(await blocks.next());
        // Read only now, after every other has gone on.
        for (const [i, { value }] of next.entries()) for (const sample of value ?? []) given[i]!.push(sample);
        isLeft = next.some(({ done }) => !done);
      }
      for (const [i, samples] of alone.entries()) expect(largestError(given[i]!, samples)).toBe(0);
    }
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
    ['xds.............', 'this is text'],
  ])('refuses what starts with %j by name', async (start, message) => {
    const { source, state } = closable(ascii(start));
    const refusal = expect(openRecording(source)).rejects;
    await refusal.toThrow(SignalError);
    await refusal.toThrow(message);
    expect(state.closed).toBe(true);
  });
});
