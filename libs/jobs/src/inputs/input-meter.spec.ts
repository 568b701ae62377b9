import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { describe, expect, it } from '@jest/globals';
import { InputMeter } from './input-meter.js';

const bytes = Buffer.from('RIFF....WAVEfmt and so on');

describe('InputMeter', () => {
  it.each([1, 7, 16, 100])('measures chunks of %i bytes, and lets them pass', async (size) => {
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      bytes.subarray(i * size, (i + 1) * size),
    );
    const meter = new InputMeter(bytes.length);
    expect(await buffer(Readable.from(chunks).pipe(meter))).toEqual(bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(meter.measured()).toEqual({ bytes: bytes.length, sha256, head: bytes.subarray(0, 16) });
  });

  it('fails at the first byte that is too many', async () => {
    const receive = pipeline(Readable.from([bytes]), new InputMeter(bytes.length - 1), (all) => buffer(all));
    await expect(receive).rejects.toMatchObject({ code: 'input_too_large' });
  });
});
