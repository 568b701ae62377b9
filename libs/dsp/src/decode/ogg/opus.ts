import { OpusDecoder } from 'opus-decoder';
import { SignalError } from '../../signal-error.js';
import { guarded } from '../guarded.js';
import type { OggStream, PacketDecoder } from './ogg-stream.js';

interface OpusHeader {
  channels: number;
  preSkip: number;
  /** What the samples are to be multiplied with. */
  gain: number;
  streams: number;
  coupledStreams: number;
  /** Per channel, the decoded channel that it is; 255 for silence. */
  mapping: number[];
}

/** A decoder of opus-decoder 0.7, whose own `decodeFrame` copies the samples twice and writes errors to the console. */
interface OpusInternals {
  ready: Promise<void>;
  _decoder: number;
  _output: { ptr: number; buf: Float32Array };
  _common: {
    allocateTypedArray(length: number, type: typeof Uint8Array): { ptr: number; buf: Uint8Array };
    wasm: {
      /** Frames decoded, or an error below 0; the output has the channels one after the other. */
      opus_frame_decode_float_deinterleaved(decoder: number, input: number, length: number, output: number): number;
    };
  };
}

/** Opus always decodes at this rate, whatever the rate of the original was. */
const sampleRate = 48_000;
/** Per elementary stream: 48 frames of 1275 bytes, and what says so (RFC 6716, 3.2.5). */
const longestPacketOfStream = 48 * 1275 + 100;

/**
 * Reads the identification header of an Opus stream (RFC 7845, 5.1): channel mapping families 0 (mono, stereo) and 1
 * (up to 7.1, channels in Vorbis order).
 *
 * @throws SignalError if it is broken, or of another family
 */
export function parseOpusHeader(packet: Uint8Array, at: number): OggStream {
  const header = parseHeader(packet, `Ogg Opus: the header on the page at byte ${at}`);
  const { channels, preSkip } = header;
  const newDecoder = () => newOpusDecoder(header);
  return { format: 'Ogg Opus', sampleRate, channels, headerPackets: 1, preSkip, trims: 'end', framesOf, newDecoder };
}

/** Frames of one part of a packet, by its configuration (RFC 6716, 3.1): of speech, of both, of music. */
const partFrames = [
  [480, 960, 1920, 2880],
  [480, 960],
  [120, 240, 480, 960],
] as const;

/** Of any number of elementary streams, which are equally long, the first tells. */
function framesOf([start = 0, second = 0]: Uint8Array): number {
  const [configuration, code] = [start >> 3, start & 3];
  const lengths = partFrames[configuration < 12 ? 0 : configuration < 16 ? 1 : 2];
  const parts = code === 0 ? 1 : code === 3 ? second & 63 : 2;
  return parts * lengths[configuration % lengths.length]!;
}

function parseHeader(packet: Uint8Array, where: string): OpusHeader {
  if (packet.length < 19) throw new SignalError(`${where} holds ${packet.length} bytes; at least 19 are needed`);
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const [version, channels, family] = [packet[8]!, packet[9]!, packet[18]!];
  if (version > 15) throw new SignalError(`${where} is of version ${version}, which is not supported`);
  if (family > 1) throw new SignalError(`${where} names channel mapping family ${family}; 0 and 1 are supported`);
  const most = family === 0 ? 2 : 8;
  if (channels < 1 || channels > most) {
    throw new SignalError(`${where} says that there are ${channels} channels; 1 to ${most} are possible`);
  }
  const preSkip = view.getUint16(10, true);
  const gain = 10 ** (view.getInt16(16, true) / 256 / 20);
  if (family === 0) {
    return { channels, preSkip, gain, streams: 1, coupledStreams: channels - 1, mapping: [0, 1].slice(0, channels) };
  }
  const [streams = 0, coupledStreams = 0, ...mapping] = packet.subarray(19, 21 + channels);
  const isPossible = (decoded: number) => decoded === 255 || decoded < streams + coupledStreams;
  if (
    mapping.length < channels ||
    streams < 1 ||
    streams > 8 ||
    coupledStreams > streams ||
    !mapping.every(isPossible)
  ) {
    throw new SignalError(`${where} has a channel mapping that is not possible`);
  }
  return { channels, preSkip, gain, streams, coupledStreams, mapping };
}

async function newOpusDecoder({
  channels,
  gain,
  streams,
  coupledStreams,
  mapping,
}: OpusHeader): Promise<PacketDecoder> {
  const decoder = new OpusDecoder({
    channels,
    streamCount: streams,
    coupledStreamCount: coupledStreams,
    channelMappingTable: mapping,
  }) as unknown as OpusInternals;
  await decoder.ready;
  const { wasm } = decoder._common;
  const input = decoder._common.allocateTypedArray(streams * longestPacketOfStream, Uint8Array);
  const output = decoder._output;
  return {
    readHeader() {},
    decode(packet, where) {
      if (packet.length === 0 || packet.length > input.buf.length) {
        throw new SignalError(`${where} holds ${packet.length} bytes, which is not possible`);
      }
      input.buf.set(packet);
      const frames = guarded(where, () =>
        wasm.opus_frame_decode_float_deinterleaved(decoder._decoder, input.ptr, packet.length, output.ptr),
      );
      if (frames < 0) throw new SignalError(`${where} is damaged (libopus reports error ${frames})`);
      const samples = output.buf.subarray(0, frames * channels);
      if (gain !== 1) for (let i = 0; i < samples.length; i++) samples[i] = samples[i]! * gain;
      const planes = mapping.map((_, channel) => samples.subarray(channel * frames, (channel + 1) * frames));
      return { channels: planes, from: 0, to: frames };
    },
  };
}
