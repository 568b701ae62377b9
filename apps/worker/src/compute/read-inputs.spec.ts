import type { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import type { ByteSource } from '#dsp';
import { inputKey, openStore, type ReadyPayload, type ObjectStore } from '#jobs';
import { withFolder } from '../../../../test/with-folder.js';
import type { Attempt } from './messages.js';
import { readInputs } from './read-inputs.js';

/** Attempts whose inputs have so many bytes, all of them the number of the attempt; null: there is no object. */
function withInputs<T>(sizes: (number | null)[], run: (store: ObjectStore, attempts: Attempt[]) => Promise<T>) {
  return withFolder(async (path) => {
    const s3 = { endpoint: undefined, region: '', pathStyle: false, checksums: 'WHEN_REQUIRED' as const };
    const store = await openStore({ address: { kind: 'folder', path }, s3 });
    const attempts = sizes.map((bytes, i) => {
      const payload = { owner: 'local', input: { bytes: bytes ?? 1 } } as ReadyPayload;
      return { jobId: `job-${i}`, token: '', payload };
    });
    for (const [i, bytes] of sizes.entries())
      if (bytes !== null) await store.put(inputKey('local', `job-${i}`), Buffer.alloc(bytes, i));
    return run(store, attempts);
  });
}

async function contentOf(source: ByteSource): Promise<{ bytes: number; first: number | undefined }> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source) pieces.push(piece);
  return { bytes: pieces.reduce((sum, { length }) => sum + length, 0), first: pieces[0]?.[0] };
}

const large = 8 * 2 ** 20 + 1;

describe('the inputs of a group', () => {
  it('are read in order, small and large ones alike', () =>
    withInputs([5, large, 7, large, large], async (store, attempts) => {
      const steps = await readInputs(store, attempts, contentOf);
      expect(steps).toEqual(
        [5, large, 7, large, large].map((bytes, i) => ({ attempt: attempts[i], value: { bytes, first: i } })),
      );
    }));

  it('fail alone', () =>
    withInputs([5, null, 6, large], async (store, attempts) => {
      const steps = await readInputs(store, attempts, async (source) => {
        const { bytes } = await contentOf(source);
        if (bytes === 6) throw new Error('unforeseen');
        return bytes;
      });
      expect(steps).toMatchObject([
        { value: 5 },
        { failure: { ok: false, code: 'input_missing' } },
        { failure: { ok: false, code: 'internal_error' } },
        { value: large },
      ]);
    }));

  it.each(['stops early', 'fails'])('are closed when their use %s', (how) =>
    withInputs([large], async (store, attempts) => {
      const sources: ByteSource[] = [];
      await readInputs(store, attempts, (source) => {
        sources.push(source);
        return how === 'fails' ? Promise.reject(new Error()) : Promise.resolve();
      });
      expect((sources[0] as Readable).destroyed).toBe(true);
    }),
  );
});
