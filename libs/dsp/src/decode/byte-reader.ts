/** The bytes of a file in order, in pieces of any size. */
export type ByteSource = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * Reads a source from its start to its end, by as much as is asked for. Memory follows what the source gives, never
 * what is asked for: a length may come from a header that lies. What it returns must not be changed.
 */
export class ByteReader {
  /** Bytes read or skipped so far. */
  position = 0;
  private readonly pieces: Iterator<Uint8Array> | AsyncIterator<Uint8Array>;
  private waiting: Uint8Array = new Uint8Array(0);

  constructor(source: ByteSource) {
    this.pieces = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  }

  /** How many of the bytes to come are in memory already. */
  get atHand(): number {
    return this.waiting.length;
  }

  /** The next `length` bytes, which stay to be read; fewer only where the source ends. */
  async peek(length: number): Promise<Uint8Array> {
    const gathered = this.waiting.length > 0 ? [this.waiting] : [];
    let bytes = this.waiting.length;
    while (bytes < length) {
      const piece = await this.nextPiece();
      if (piece === null) break;
      gathered.push(piece);
      bytes += piece.length;
    }
    if (gathered.length > 0) this.waiting = joined(gathered, bytes);
    return this.waiting.subarray(0, length);
  }

  /** The next `length` bytes; fewer only where the source ends. */
  async read(length: number): Promise<Uint8Array> {
    return this.take((await this.peek(length)).length);
  }

  /** What is at hand, or else the next piece, but `most` bytes at most and without a copy; empty where the source ends. */
  async readSome(most: number): Promise<Uint8Array> {
    if (this.waiting.length === 0) this.waiting = (await this.nextPiece()) ?? this.waiting;
    return this.take(Math.min(most, this.waiting.length));
  }

  /** Passes over `length` bytes, or what is left of the source; returns how many. */
  async skip(length: number): Promise<number> {
    let skipped = 0;
    while (skipped < length) {
      const { length: some } = await this.readSome(length - skipped);
      if (some === 0) break;
      skipped += some;
    }
    return skipped;
  }

  /** Lets go of the source: a stream that it came from is closed. */
  async close(): Promise<void> {
    this.waiting = new Uint8Array(0);
    await this.pieces.return?.();
  }

  private take(length: number): Uint8Array {
    const taken = this.waiting.subarray(0, length);
    this.waiting = this.waiting.subarray(length);
    this.position += length;
    return taken;
  }

  /** Never empty; null at the end. */
  private async nextPiece(): Promise<Uint8Array | null> {
    for (;;) {
      const next: IteratorResult<Uint8Array, unknown> = await this.pieces.next();
      if (next.done) return null;
      if (next.value.length > 0) return next.value;
    }
  }
}

/** The only part itself, or a copy of several in a row. */
function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
