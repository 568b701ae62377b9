import { describe, expect, it } from '@jest/globals';

import { card, tarGz, unpack, zip } from '../../../../test/models/unpack.js';
import { Random } from '../../test-support/networks/random.js';
import { ModelError } from '../errors.js';

const archives = 300;
/** What paths are made of. Most is harmless, so that some archives are. */
const parts = [
  ...['a', 'b', 'w.bin', 'fan', 'ä', 'x y', '...', 'model.yaml'],
  ...['A', 'a\u0308', '..', '.', '', 'C:', '..\\b', 'a\n', 'a'.repeat(256)],
];

interface Entry {
  path: string;
  name: string;
  content: string;
  /** A symbolic link, as zip has it. */
  mode?: number;
  type?: 'symlink';
  linkname?: string;
}

function entry(random: Random): Entry {
  const depth = random.pick([1, 1, 1, 2, 2, 3, 18]);
  const choices = random.chance(0.85) ? parts.slice(0, 7) : parts;
  const path = (random.chance(0.02) ? '/' : '') + Array.from({ length: depth }, () => random.pick(choices)).join('/');
  const content = `content ${random.whole(0, 999)}`;
  if (random.chance(0.04)) return { path, name: path, content: '', mode: 0o120777, type: 'symlink', linkname: '/tmp' };
  return { path, name: path, content };
}

describe.each([
  ['zip', zip],
  ['tar.gz', tarGz],
])('%s archives of anything', (_, packed) => {
  it('are unpacked as they are, or refused before anything is written', async () => {
    const outcomes = { unpacked: 0, refused: 0 };
    for (let seed = 0; seed < archives; seed++) {
      const random = new Random(seed);
      const entries = [card, ...Array.from({ length: random.whole(1, 6) }, () => entry(random))];
      const maxEntries = random.chance(0.2) ? 3 : 1000;
      const { files, touched, error } = await unpack(await packed(entries), { maxEntries });
      const written = Object.fromEntries(
        entries.map(({ path, content }) => [path, Buffer.from(content).toString('latin1')]),
      );
      const seen = { seed, files, touched, isRefusal: error instanceof ModelError };
      if (error === undefined) {
        expect(seen).toEqual({ seed, files: written, touched: true, isRefusal: false });
        expect(entries.length).toBeLessThanOrEqual(maxEntries);
      } else expect(seen).toEqual({ seed, files: {}, touched: false, isRefusal: true });
      outcomes[error === undefined ? 'unpacked' : 'refused']++;
    }
    expect(outcomes.unpacked).toBeGreaterThan(archives / 10);
    expect(outcomes.refused).toBeGreaterThan(archives / 10);
  });
});

it.each([
  ['zip', zip],
  ['tar.gz', tarGz],
])('a %s archive above a limit is refused before anything is written', async (_, packed) => {
  const large = await packed([card, { path: 'w', name: 'w', content: 'x'.repeat(100_000) }]);
  for (const limits of [{ maxBytes: 100_000 }, { maxArchiveBytes: 99 }, { maxEntries: 1 }])
    expect(await unpack(large, limits)).toMatchObject({ files: {}, touched: false, error: { code: 'model_refused' } });
});
