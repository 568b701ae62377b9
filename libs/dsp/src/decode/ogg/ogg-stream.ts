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
  /**
   * What the pages' positions say to leave out: frames beyond the last of them, or at the start, too, where the first
   * is lower than what its page holds.
   */
  trims: 'nothing' | 'end' | 'both';
  /** How many frames a packet of sound should give, where it says so by itself. */
  framesOf?: (packet: Uint8Array) => number;
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
