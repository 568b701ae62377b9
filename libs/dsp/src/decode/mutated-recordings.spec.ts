import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { hasReferenceData, referenceData } from '../../../../test/reference-data.js';
import { aiffFile } from '../../test-support/aiff-file.js';
import { auFile } from '../../test-support/au-file.js';
import { inPieces } from '../../test-support/in-pieces.js';
import { mutated, mutationArbitrary, withRightChecksums } from '../../test-support/mutations.js';
import { recordingBytes, recordingNames } from '../../test-support/recordings.js';
import { noise } from '../../test-support/signals.js';
import { ascii, bytesOf, chunk, wavFile } from '../../test-support/wav-file.js';
import { SignalError } from '../signal-error.js';
import { openRecording } from './open-recording.js';

const seed = 20_261_121;
const mutations = 2000;
const mostSeconds = 1;

const floats = noise(300);
const integers16 = bytesOf(Int16Array.from(floats, (sample) => sample * 2 ** 15));
const withStart = (bytes: Uint8Array, start: string) => (bytes.set(ascii(start)), bytes);
const made: [string, Uint8Array][] = [
  ['16-bit WAV', wavFile(integers16, { channels: 3, before: [chunk('LIST', ascii('a note'))] })],
  ['WAV of floats', wavFile(bytesOf(floats), { formatTag: 3, bits: 32 })],
  ['WAV of mu-law', wavFile(bytesOf(floats), { formatTag: 7, bits: 8 })],
  ['WAV of IMA ADPCM', wavFile(bytesOf(floats), { formatTag: 0x11, bits: 4, channels: 2, blockAlign: 64 })],
  ["WAV of Microsoft's ADPCM", wavFile(new Uint8Array(1200), { formatTag: 2, bits: 4, channels: 2, blockAlign: 64 })],
  ['RF64', withStart(wavFile(integers16, { before: [chunk('ds64', bytesOf(floats).subarray(0, 28))] }), 'RF64')],
  ['AIFF', aiffFile(integers16, { channels: 2 })],
  ['AIFC of floats', aiffFile(new Uint8Array(1200), { codec: 'fl32' })],
  ['AU', auFile(integers16, { note: 'a note' })],
];
const compressed = recordingNames.map((name): [string, Uint8Array] => [name, recordingBytes(name)]);
/** Without the two that take longest to decode. */
const found = hasReferenceData
  ? readdirSync(referenceData('audio_torture'), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(wav|aif[fc]|au|mp3|ogg|flac)$/.test(name))
      .map((name): [string, Uint8Array] => [name, new Uint8Array(readFileSync(referenceData('audio_torture', name)))])
      .filter(([, bytes]) => bytes.length < 50_000)
  : [];

/**
 * How many frames a byte can hold at most: of 1-bit ADPCM and the like, two; of the others what their shortest frame or
 * packet gives, with what says how long it is.
 */
const framesPerByte: Record<string, number> = {
  MP3: 1152 / 48,
  FLAC: 65_536 / 11,
  'Ogg FLAC': 65_536 / 12,
  'Ogg Vorbis': 4096 / 2,
  'Ogg Opus': 2880 / 2,
};

/** `decoded` or the reason for a refusal; whatever else happens is thrown. */
async function outcome(file: Uint8Array): Promise<string> {
  let frames = 0;
  try {
    const recording = await openRecording(inPieces(file, 5000));
    const { channels, sampleRate, format } = recording;
    expect([channels >= 1, sampleRate >= 1]).toEqual([true, true]);
    for await (const block of recording.blocks('all')) {
      frames += block.length / channels;
      // Not by `expect`, which is too slow for so many blocks.
      if (!isSound(block, channels)) throw new Error(`the block up to frame ${frames} is no block`);
    }
    expect(frames).toBeGreaterThan(0);
    expect(frames).toBeLessThanOrEqual(file.length * (framesPerByte[format] ?? 2));
    return 'decoded';
  } catch (error) {
    if (error instanceof SignalError) return error.message;
    throw error;
  }
}

function isSound(block: Float32Array, channels: number): boolean {
  for (let i = 0; i < block.length; i++) if (block[i]! - block[i]! !== 0) return false;
  return block.length > 0 && block.length % channels === 0 && block.length / channels <= 65_536;
}

describe('openRecording of damaged files', () => {
  const written = (['debug', 'error', 'info', 'log', 'warn'] as const).map((level) => jest.spyOn(console, level));
  beforeAll(() => written.forEach((spy) => spy.mockClear()));
  afterAll(() => written.forEach((spy) => spy.mockRestore()));

  it.each([...made, ...compressed])('gives frames as long as nothing is wrong: %s', async (_, file) => {
    expect(await outcome(file)).toBe('decoded');
    expect(await outcome(await withRightChecksums(file))).toBe('decoded');
  });

  const withFound = hasReferenceData ? it : it.skip;
  const name = (kind: string) =>
    `gives finite samples or a SignalError, soon and in silence: files ${kind} (seed ${seed})`;
  it(name('made here'), () => assertUnharmed('made here', [...made, ...compressed, ...compressed]), 120_000);
  withFound(name('from elsewhere'), () => assertUnharmed('from elsewhere', found), 120_000);

  async function assertUnharmed(kind: string, files: readonly [string, Uint8Array][]): Promise<void> {
    const outcomes = { decoded: 0, refused: 0 };
    let slowest = 0;
    const file = fc.constantFrom(...files);
    const changes = fc.array(mutationArbitrary, { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.noBias(file), changes, fc.boolean(), async ([, original], some, isRepaired) => {
        const changed = some.reduce(mutated, original);
        const bytes = isRepaired ? await withRightChecksums(changed) : changed;
        const timed = async () => {
          const before = process.cpuUsage();
          const result = await outcome(bytes);
          const { user, system } = process.cpuUsage(before);
          return { result, seconds: (user + system) / 1e6 };
        };
        let { result, seconds } = await timed();
        // Collected garbage and compiled code are counted, too, as chance has it; a file that hangs does so again.
        if (seconds >= mostSeconds) ({ result, seconds } = await timed());
        outcomes[result === 'decoded' ? 'decoded' : 'refused']++;
        slowest = Math.max(slowest, seconds);
        expect(seconds).toBeLessThan(mostSeconds);
      }),
      { seed, numRuns: kind === 'made here' ? mutations * 0.75 : mutations * 0.25 },
    );
    process.stdout.write(`files ${kind}: ${JSON.stringify(outcomes)}, slowest ${slowest.toFixed(2)} s\n`);
    expect(Math.min(outcomes.decoded, outcomes.refused)).toBeGreaterThan(0);
    expect(written.flatMap((spy) => spy.mock.calls)).toEqual([]);
  }
});
