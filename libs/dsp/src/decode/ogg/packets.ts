import { SignalError } from '../../signal-error.js';
import type { OggPage } from './ogg-page.js';

/** Bytes of a packet that are kept; of a longer one (a comment with pictures in it), the rest is passed over. */
export const longestPacket = 4 * 2 ** 20;

/** Puts the packets of one stream together, which may lie on several pages. */
export class PacketAssembler {
  private readonly pieces: Uint8Array[] = [];
  private bytes = 0;
  private isWithin = false;
  private nextSequence = 0;

  /**
   * The packets that end on the next page of the stream.
   *
   * @returns each is at most {@link longestPacket} + 1 bytes: one that is longer than allowed is not kept whole
   * @throws SignalError if pages of the stream are missing or come twice
   */
  packetsOf(page: OggPage): Uint8Array[] {
    if (page.sequence !== this.nextSequence) {
      const before = `Ogg: the page at byte ${page.at} is number ${page.sequence} of its stream`;
      throw new SignalError(`${before}, and number ${this.nextSequence} was to come`);
    }
    this.nextSequence = (page.sequence + 1) % 2 ** 32;
    if (page.continuesPacket !== this.isWithin) {
      const fault = this.isWithin
        ? 'does not go on with the packet that was begun'
        : 'goes on with a packet never begun';
      throw new SignalError(`Ogg: the page at byte ${page.at} ${fault}`);
    }
    return [...this.completed(page)];
  }

  private *completed({ lacing, body }: OggPage): Generator<Uint8Array> {
    let from = 0;
    let to = 0;
    for (const segment of lacing) {
      to += segment;
      if (segment === 255) continue;
      this.keep(body.subarray(from, to));
      yield this.take();
      from = to;
    }
    this.isWithin = lacing.length > 0 ? lacing[lacing.length - 1] === 255 : this.isWithin;
    // A copy: what waits for its end would else keep all that it was read with, of other streams, too.
    if (this.isWithin) this.keep(body.slice(from, to));
  }

  private keep(piece: Uint8Array): void {
    const kept = piece.subarray(0, Math.max(0, longestPacket + 1 - this.bytes));
    if (kept.length > 0) this.pieces.push(kept);
    this.bytes += kept.length;
  }

  private take(): Uint8Array {
    const packet = this.pieces.length === 1 ? this.pieces[0]! : new Uint8Array(this.bytes);
    if (this.pieces.length > 1) {
      let at = 0;
      for (const piece of this.pieces) {
        packet.set(piece, at);
        at += piece.length;
      }
    }
    this.pieces.length = 0;
    this.bytes = 0;
    return packet;
  }
}
