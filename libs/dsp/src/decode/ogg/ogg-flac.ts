import { SignalError } from '../../signal-error.js';
import { FlacFrameDecoder } from '../flac/frame-decoder.js';
import { parseStreamInfo, streamInfoBytes } from '../flac/stream-info.js';
import type { OggStream, PacketDecoder } from './ogg-stream.js';

/** Before the STREAMINFO block: signature and version of the mapping, number of headers, `fLaC`, and the block's header. */
const mappingBytes = 17;
/** What every frame starts with, and no metadata block does. */
const frameStart = 0xff;

/** @throws SignalError if the first packet of a FLAC stream (RFC 9639, 10.1) is broken */
export function parseFlacHeader(packet: Uint8Array, at: number): OggStream {
  const info = parseStreamInfo(packet.subarray(mappingBytes, mappingBytes + streamInfoBytes), at);
  const { sampleRate, channels } = info;
  const newDecoder = (): Promise<PacketDecoder> => {
    const frames = new FlacFrameDecoder(info);
    return Promise.resolve({
      readHeader() {},
      decode(packet, where) {
        if (packet[0] !== frameStart) return { channels: [], from: 0, to: 0 };
        const frame = frames.decode(packet, where);
        if (!frame) throw new SignalError(`${where} is cut short`);
        return frame;
      },
    });
  };
  return { format: 'Ogg FLAC', sampleRate, channels, headerPackets: 0, preSkip: 0, trims: 'nothing', newDecoder };
}
