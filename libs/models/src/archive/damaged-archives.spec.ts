import { gzipSync } from 'node:zlib';

import { describe, expect, it } from '@jest/globals';

import { randomBytes } from '../../../../test/models/random-bytes.js';
import { rawZip } from '../../../../test/models/raw-zip.js';
import { card, file, folder, refused, summed, tar, tarGz, unpack } from '../../../../test/models/unpack.js';
import { ModelError } from '../errors.js';

const bundle = [folder('fan'), file('fan/model.yaml', 'card: 1'), file('fan/w.bin', 'weights'.repeat(99))];
const inTar = await tar(bundle);

/** Archives, and what becomes of their damaged bytes before they are handed in. */
const archives: [string, Uint8Array, (damaged: Buffer) => Uint8Array][] = [
  ['zip archive', rawZip(bundle), (damaged) => damaged],
  ['tar.gz archive', await tarGz(bundle), (damaged) => damaged],
  ['tar archive that was damaged before it was compressed', inTar, gzipSync],
  ['tar archive whose checksums hide the damage', inTar, (damaged) => gzipSync(allSummed(damaged))],
];

describe.each(archives)('a %s', (_, archive, handIn) => {
  it('is taken or refused whatever its damage, and nothing else happens', async () => {
    const outcomes = { taken: 0, refused: 0 };
    for (let seed = 0; seed < 250; seed++) {
      const { files, error } = await unpack(handIn(mutated(archive, seed)));
      if (error === undefined) expect(Object.keys(files)).toContain('model.yaml');
      else expect({ seed, files, refused: error instanceof ModelError }).toEqual({ seed, files: {}, refused: true });
      outcomes[error === undefined ? 'taken' : 'refused']++;
    }
    expect(outcomes.refused).toBeGreaterThan(50);
  }, 60_000);
});

describe.each([
  ['zip', (files: ReturnType<typeof file>[]) => Promise.resolve(rawZip(files))],
  ['tar.gz', tarGz],
])('a %s archive', (_, packed) => {
  it('is refused if it is cut off anywhere', async () => {
    const archive = await packed([card, file('weights.bin', randomBytes(3000).toString('latin1'))]);
    for (let bytes = 0; bytes < archive.length; bytes += 97)
      expect(await refused(archive.subarray(0, bytes))).toMatch(/archive/);
  });
});

/** The archive with one to eight of its bytes changed, by a generator that gives the same for the same seed. */
function mutated(archive: Uint8Array, seed: number): Buffer {
  const copy = Buffer.from(archive);
  const random = randomBytes(64, seed);
  for (let i = 0; i <= seed % 8; i++) {
    const at = random.readUInt32LE(i * 8) % copy.length;
    // Every other change is of one bit, and the others of a whole byte, or to the largest number.
    copy[at] = seed % 2 ? copy[at]! ^ (1 << (random[i * 8 + 4]! % 8)) : seed % 3 ? random[i * 8 + 4]! : 0xff;
  }
  return copy;
}

/** Gives each header the checksum that it has now. */
function allSummed(archive: Buffer): Buffer {
  for (let at = 0; at < archive.length; at += 512)
    if (inTar.toString('latin1', at + 257, at + 262) === 'ustar') summed(archive, at);
  return archive;
}
