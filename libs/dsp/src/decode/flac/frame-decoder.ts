import { SignalError } from '../../signal-error.js';
import type { Planes } from '../planes.js';
import { BitReader } from './bit-reader.js';
import { crc16 } from './checksums.js';
import { readFrameHeader, type FrameHeader } from './frame-header.js';
import type { StreamInfo } from './stream-info.js';
import { readSubframe } from './subframe.js';

/** A decoded frame; its samples are overwritten by the next. */
export interface FlacFrame extends Planes {
  /** Bytes that it took. */
  bytes: number;
}

/** Decodes the frames of one file in their order, and checks that none is missing, repeated or damaged. */
export class FlacFrameDecoder {
  private whole: Float64Array[] = [];
  private scaled: Float32Array[] = [];
  private nextFrame = 0;
  private nextSample = 0;

  constructor(private readonly info: StreamInfo) {}

  /**
   * Decodes the frame that `bytes` start with.
   *
   * @returns null if the bytes end before the frame does
   * @throws SignalError if it is no frame, a damaged one, or not the one to come
   */
  decode(bytes: Uint8Array, where: string): FlacFrame | null {
    const bits = new BitReader(bytes);
    try {
      const header = readFrameHeader(bits, bytes, this.info, where);
      this.makeRoom(header.length);
      this.readChannels(bits, header, where);
      const checked = bits.position;
      const checksum = bits.unsigned(16);
      if (bits.isPastEnd) return null;
      if (checksum !== crc16(bytes.subarray(0, checked))) {
        throw new SignalError(`${where} is damaged (its checksum differs)`);
      }
      this.assertNext(header, where);
      this.scale(header.length, where);
      return { channels: this.scaled, from: 0, to: header.length, bytes: checked + 2 };
    } catch (error) {
      // Where the bytes end, zeros were read, and whatever is wrong with them says nothing.
      if (bits.isPastEnd) return null;
      throw error;
    }
  }

  private makeRoom(length: number): void {
    if (this.whole[0] && this.whole[0].length >= length) return;
    this.whole = Array.from({ length: this.info.channels }, () => new Float64Array(length));
    this.scaled = Array.from({ length: this.info.channels }, () => new Float32Array(length));
  }

  private readChannels(bits: BitReader, { length, stereo }: FrameHeader, where: string): void {
    const side = stereo === 'side-right' ? 0 : stereo === 'plain' ? -1 : 1;
    for (const [channel, samples] of this.whole.entries()) {
      if (bits.isPastEnd) return;
      readSubframe(bits, samples.subarray(0, length), this.info.bits + (channel === side ? 1 : 0), where);
    }
    bits.alignToByte();
    const [first, second] = this.whole;
    if (stereo !== 'plain') undoStereo(stereo, first!, second!, length);
  }

  private assertNext({ number, isOfVariableLength, length }: FrameHeader, where: string): void {
    const expected = isOfVariableLength ? this.nextSample : this.nextFrame;
    if (number !== expected) throw new SignalError(`${where} is number ${number}, and number ${expected} was to come`);
    this.nextFrame++;
    this.nextSample += length;
  }

  private scale(length: number, where: string): void {
    const limit = 2 ** (this.info.bits - 1);
    for (const [channel, whole] of this.whole.entries()) {
      const scaled = this.scaled[channel]!;
      for (let i = 0; i < length; i++) {
        const sample = whole[i]!;
        if (!(sample >= -limit && sample < limit)) throw new SignalError(`${where} holds samples beyond their range`);
        scaled[i] = sample / limit;
      }
    }
  }
}

function undoStereo(stereo: FrameHeader['stereo'], first: Float64Array, second: Float64Array, length: number): void {
  if (stereo === 'left-side') for (let i = 0; i < length; i++) second[i] = first[i]! - second[i]!;
  else if (stereo === 'side-right') for (let i = 0; i < length; i++) first[i] = first[i]! + second[i]!;
  else {
    for (let i = 0; i < length; i++) {
      const difference = second[i]!;
      // Halving the sum lost its lowest bit, which is that of the difference.
      const sum = 2 * first[i]! + (difference & 1);
      first[i] = (sum + difference) / 2;
      second[i] = (sum - difference) / 2;
    }
  }
}
