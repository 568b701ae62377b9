import { createHash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { signatureBytes } from '../content-type.js';
import { EarshotError } from '../errors.js';

/** What was measured of an input while it passed. */
export interface MeasuredInput {
  bytes: number;
  /** Hexadecimal. */
  sha256: string;
  /** The first bytes, as many as are needed to tell its type. */
  head: Buffer;
}

/** Lets bytes pass, and counts and hashes them. Fails with `input_too_large` at the byte that is one too many. */
export class InputMeter extends Transform {
  private readonly hash = createHash('sha256');
  private head = Buffer.alloc(0);
  private bytes = 0;

  constructor(private readonly maxBytes: number) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    this.bytes += chunk.length;
    if (this.bytes > this.maxBytes) return done(inputTooLarge(this.maxBytes));
    if (this.head.length < signatureBytes)
      this.head = Buffer.concat([this.head, chunk.subarray(0, signatureBytes - this.head.length)]);
    this.hash.update(chunk);
    done(null, chunk);
  }

  /** Called once, after the last byte has passed. */
  measured(): MeasuredInput {
    return { bytes: this.bytes, sha256: this.hash.digest('hex'), head: this.head };
  }
}

export function inputTooLarge(maxBytes: number): EarshotError {
  return new EarshotError(
    'input_too_large',
    `An upload may have ${maxBytes} bytes at most (EARSHOT_MAX_UPLOAD_BYTES).`,
  );
}
