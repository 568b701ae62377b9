import type { Planes } from '../planes.js';

/** What the first packet of a stream says about it. */
export interface OggStream {
  /** `Ogg Vorbis`, `Ogg Opus` or `Ogg FLAC`. */
  format: string;
  /** In hertz; at least 1. */
  sampleRate: number;
  /** At least 1. */
  channels: number;
  /** Packets between the first and the sound. */
  headerPackets: number;
  /** Frames that are decoded first and are no part of the recording. */
  preSkip: number;
  /** Whether a first page that ends before it should means that frames at the start are no part of the recording. */
  trimsStart: boolean;
  newDecoder(): Promise<PacketDecoder>;
}

/** Decodes one stream, packet by packet. It cannot be used after an error. */
export interface PacketDecoder {
  /**
   * Takes one of the headers.
   *
   * @param where names the packet in errors
   */
  readHeader(packet: Uint8Array, where: string): void;
  /**
   * The frames of a packet, which may be none.
   *
   * @returns arrays that are overwritten by the next packet
   * @throws SignalError if the packet is damaged
   */
  decode(packet: Uint8Array, where: string): Planes;
}
