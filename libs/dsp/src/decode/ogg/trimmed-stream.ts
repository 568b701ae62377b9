import { SignalError } from '../../signal-error.js';
import type { Planes } from '../planes.js';
import type { AudioPage } from './audio-pages.js';
import type { OggStream, PacketDecoder } from './ogg-stream.js';

/**
 * Decodes one stream and leaves out what is no part of the recording, as its granule positions say: the position of
 * the first page with sound on it says where the stream starts, that of the last one where it ends.
 */
export class TrimmedStream {
  private headersLeft: number;
  private decoded = 0;
  /** Position of the first decoded frame; unknown before the first page with sound has been decoded. */
  private start: number | null = null;
  private skipped: number;

  constructor(
    private readonly stream: OggStream,
    private readonly decoder: PacketDecoder,
  ) {
    this.headersLeft = stream.headerPackets;
    this.skipped = stream.preSkip;
  }

  /** The recording's frames on the stream's next page. */
  *parts(page: AudioPage): Generator<Planes, void> {
    if (this.start !== null) {
      const end = page.isLast && page.granule >= 0 ? page.granule - this.start : Infinity;
      for (const part of this.decodedParts(page)) yield this.trimmed(part, end);
      return;
    }
    const held = Array.from(this.decodedParts(page), copied);
    if (held.length === 0) return;
    const frames = held.reduce((sum, { from, to }) => sum + to - from, 0);
    this.start = this.startOf(page, frames);
    const end = page.isLast && page.granule >= 0 ? page.granule - this.start : Infinity;
    for (const part of held) yield this.trimmed(part, end);
  }

  private *decodedParts({ packets, at }: AudioPage): Generator<Planes, void> {
    const where = `${this.stream.format}: a packet on the page at byte ${at}`;
    for (const packet of packets) {
      if (this.headersLeft > 0) {
        this.headersLeft--;
        this.decoder.readHeader(packet, where);
      } else yield this.decoder.decode(packet, where);
    }
  }

  private startOf({ granule, isLast, at }: AudioPage, frames: number): number {
    const start = granule - frames;
    if (granule < 0 || (isLast && start < 0)) return 0;
    if (start < 0) {
      if (!this.stream.trimsStart) {
        const { format } = this.stream;
        throw new SignalError(
          `${format}: the page at byte ${at} holds ${frames} frames, and its position is ${granule}`,
        );
      }
      this.skipped = -start;
    }
    return start;
  }

  private trimmed({ channels, from, to }: Planes, end: number): Planes {
    const first = this.decoded;
    this.decoded += to - from;
    return {
      channels,
      from: from + Math.max(0, this.skipped - first),
      to: to - Math.max(0, this.decoded - end),
    };
  }
}

function copied({ channels, from, to }: Planes): Planes {
  return { channels: channels.map((plane) => plane.slice(from, to)), from: 0, to: to - from };
}
