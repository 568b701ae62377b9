/** Reads a sequence of pieces as if it were one, an exact number of bytes at a time. */
export class PieceReader {
  private rest: Uint8Array = new Uint8Array();
  private readonly pieces: AsyncIterator<Uint8Array>;

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.pieces = pieces[Symbol.asyncIterator]();
  }

  /** The next bytes, at most `length` of them; undefined at the end. */
  async some(length: number): Promise<Uint8Array | undefined> {
    while (this.rest.length === 0) {
      const next = await this.pieces.next();
      if (next.done) return undefined;
      this.rest = next.value;
    }
    const bytes = this.rest.subarray(0, length);
    this.rest = this.rest.subarray(bytes.length);
    return bytes;
  }

  /** The next `length` bytes; fewer if there are no more. */
  async exactly(length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const some = await this.some(length - filled);
      if (some === undefined) break;
      bytes.set(some, filled);
      filled += some.length;
    }
    return bytes.subarray(0, filled);
  }

  /** Ends the sequence before its end. */
  async close(): Promise<void> {
    await this.pieces.return?.();
  }
}
