import { SignalError } from '../../signal-error.js';
import type { Planes } from '../planes.js';
import type { OggStream, PacketDecoder } from './ogg-stream.js';
import type { AudioPage } from './sound-stream.js';

/**
 * Samples of the first page that are held until it is known where it starts: 255 packets of 8 channels in libvorbis's
 * longest blocks, of 4096.
 */
const mostHeld = 2 ** 22;

/**
 * Decodes one stream and leaves out what is no part of the recording, as its granule positions say: the position of
 * the first page with sound on it says where the stream starts, that of the last one where it ends.
 */
export class TrimmedStream {
  private readonly headers: { packet: Uint8Array; where: string }[] = [];
  private headersLeft: number;
  private decoder: PacketDecoder | undefined;
  private decoded = 0;
  /** Position of the first decoded frame; unknown before the first page with sound. */
  private start: number | null = null;
  private skipped: number;

  constructor(private readonly stream: OggStream) {
    this.headersLeft = stream.headerPackets;
    this.skipped = stream.preSkip;
  }

  /** The recording's frames on the stream's next page. */
  async *parts(page: AudioPage): AsyncGenerator<Planes, void> {
    const where = `${this.stream.format}: a packet on the page at byte ${page.at}`;
    const sound = this.packetsOfSound(page, where);
    if (sound.length === 0) return;
    const decoder = (this.decoder ??= await this.startedDecoder());
    let parts: Iterable<Planes> = decodedParts(decoder, sound, where);
    if (this.stream.trims === 'nothing') {
      yield* parts;
      return;
    }
    if (this.start === null) {
      const { framesOf } = this.stream;
      if (!framesOf) parts = this.held(parts, page.at);
      const counts = framesOf ? sound.map(framesOf) : Array.from(parts, ({ from, to }) => to - from);
      this.start = this.startOf(
        page,
        counts.reduce((sum, count) => sum + count, 0),
      );
    }
    for (const part of parts) yield this.trimmed(part, page.end - this.start);
  }

  /** The headers are kept for the decoder, which is not started before there is something to decode. */
  private packetsOfSound({ packets }: AudioPage, where: string): Uint8Array[] {
    const headers = packets.slice(0, this.headersLeft);
    this.headersLeft -= headers.length;
    for (const packet of headers) this.headers.push({ packet, where });
    return packets.slice(headers.length);
  }

  private async startedDecoder(): Promise<PacketDecoder> {
    const decoder = await this.stream.newDecoder();
    for (const { packet, where } of this.headers.splice(0)) decoder.readHeader(packet, where);
    return decoder;
  }

  private held(parts: Iterable<Planes>, at: number): Planes[] {
    const copies: Planes[] = [];
    let samples = 0;
    for (const { channels, from, to } of parts) {
      samples += (to - from) * channels.length;
      if (samples > mostHeld) {
        throw new SignalError(`${this.stream.format}: the page at byte ${at} holds more than ${mostHeld} samples`);
      }
      copies.push({ channels: channels.map((plane) => plane.slice(from, to)), from: 0, to: to - from });
    }
    return copies;
  }

  private startOf({ granule, end, at }: AudioPage, frames: number): number {
    const start = granule - frames;
    if (granule < 0 || (end < Infinity && start < 0)) return 0;
    if (start < 0) {
      if (this.stream.trims === 'end') {
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

function* decodedParts(decoder: PacketDecoder, packets: Uint8Array[], where: string): Generator<Planes, void> {
  for (const packet of packets) yield decoder.decode(packet, where);
}
