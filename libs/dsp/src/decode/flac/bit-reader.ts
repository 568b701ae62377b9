/** Reads numbers of any width, highest bit first. Past the end of the bytes there are zeros; see `isPastEnd`. */
export class BitReader {
  private next = 0;
  /** The next bits, at the top; zeros below them. */
  private window = 0;
  private held = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /** Bytes that have been begun. */
  get position(): number {
    return this.next - (this.held >> 3);
  }

  /** More has been read than there is: what came last means nothing. */
  get isPastEnd(): boolean {
    return this.position > this.bytes.length;
  }

  /** @param width 0 to 24 */
  unsigned(width: number): number {
    if (width === 0) return 0;
    if (this.held < width) this.refill();
    const value = this.window >>> (32 - width);
    this.window <<= width;
    this.held -= width;
    return value;
  }

  /**
   * A number in two's complement.
   *
   * @param width 1 to 40
   */
  signed(width: number): number {
    if (width > 24) return this.signed(width - 16) * 2 ** 16 + this.unsigned(16);
    const value = this.unsigned(width);
    return value >= 2 ** (width - 1) ? value - 2 ** width : value;
  }

  /** The number of zeros before the next one; at the end of the bytes, of zeros up to there. */
  unary(): number {
    let zeros = 0;
    while (this.window === 0) {
      zeros += this.held;
      this.held = 0;
      if (this.next > this.bytes.length) return zeros;
      this.refill();
    }
    const before = Math.clz32(this.window);
    this.window = (this.window << before) << 1;
    this.held -= before + 1;
    return zeros + before;
  }

  /**
   * Numbers in a Rice code: the upper part in unary, `low` bits below it, the sign at the bottom.
   *
   * @param low 0 to 30
   */
  rice(to: Float64Array, from: number, end: number, low: number): void {
    for (let i = from; i < end; i++) {
      const upper = this.unary();
      const lower = low > 24 ? this.unsigned(low - 24) * 2 ** 24 + this.unsigned(24) : this.unsigned(low);
      const folded = (upper << low) | lower;
      to[i] = (folded >>> 1) ^ -(folded & 1);
    }
  }

  /** Passes over what is left of a byte that has been begun. */
  alignToByte(): void {
    this.unsigned(this.held & 7);
  }

  private refill(): void {
    while (this.held <= 24) {
      const byte = this.next < this.bytes.length ? this.bytes[this.next]! : 0;
      this.window |= byte << (24 - this.held);
      this.held += 8;
      this.next++;
    }
  }
}
