import { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis';
import { SignalError } from '../../signal-error.js';
import { guarded } from '../guarded.js';
import type { Planes } from '../planes.js';
import type { OggStream, PacketDecoder } from './ogg-stream.js';

/** The part of @wasm-audio-decoders/ogg-vorbis 0.1 that holds libvorbis; around it lies an Ogg reader that does not say what is damaged. */
interface VorbisInternals {
  _decoder: number;
  _input: { buf: Uint8Array };
  _inputLen: { buf: Uint32Array };
  /** Where a table of one address per channel is. */
  _outputBufferPtr: { buf: Uint32Array };
  _samplesDecoded: { buf: Uint32Array };
  /** Addresses of texts, two for each error. */
  _errors: { buf: Uint32Array };
  _errorsLength: { buf: Int32Array };
  _common: {
    codeToString(address: number): string;
    wasm: {
      HEAP: ArrayBuffer;
      send_setup(decoder: number, isFirst: boolean): void;
      init_dsp(decoder: number): void;
      decode_packets(decoder: number): void;
    };
  };
}

/** Vorbis allows 255; libsndfile and ffmpeg know no order for more than 8. */
const mostChannels = 8;

/**
 * Reads the identification header of a Vorbis stream (Vorbis I, 4.2.2).
 *
 * @throws SignalError if it is broken, or there are more than 8 channels
 */
export function parseVorbisHeader(packet: Uint8Array, at: number): OggStream {
  const where = `Ogg Vorbis: the header on the page at byte ${at}`;
  if (packet.length < 30) throw new SignalError(`${where} holds ${packet.length} bytes; 30 are needed`);
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const version = view.getUint32(7, true);
  const channels = packet[11]!;
  const sampleRate = view.getUint32(12, true);
  const [shortBlock, longBlock] = [packet[28]! & 15, packet[28]! >> 4];
  if (version !== 0) throw new SignalError(`${where} is of version ${version}, which is not supported`);
  if (channels === 0 || channels > mostChannels) {
    throw new SignalError(`${where} says that there are ${channels} channels; 1 to ${mostChannels} are supported`);
  }
  // libvorbis takes the rate for a signed number.
  if (sampleRate === 0 || sampleRate > 0x7fffffff) {
    throw new SignalError(`${where} says that there are ${sampleRate} samples a second`);
  }
  if (shortBlock < 6 || longBlock > 13 || shortBlock > longBlock) {
    throw new SignalError(
      `${where} asks for blocks of 2^${shortBlock} and 2^${longBlock} samples, which is not possible`,
    );
  }
  const newDecoder = () => newVorbisDecoder(packet, channels, where);
  return { format: 'Ogg Vorbis', sampleRate, channels, headerPackets: 2, preSkip: 0, trims: 'both', newDecoder };
}

async function newVorbisDecoder(header: Uint8Array, channels: number, where: string): Promise<PacketDecoder> {
  const outer = new OggVorbisDecoder() as unknown as { ready: Promise<void>; _decoder: VorbisInternals };
  await outer.ready;
  const decoder = new VorbisPackets(outer._decoder, channels);
  decoder.sendSetup(header, where, true);
  return decoder;
}

/** The comment header is passed over: libvorbis does without it. */
class VorbisPackets implements PacketDecoder {
  private readonly planes: Float32Array[] = [];
  private isReady = false;

  constructor(
    private readonly decoder: VorbisInternals,
    private readonly channels: number,
  ) {}

  readHeader(packet: Uint8Array, where: string): void {
    const isSetup = packet[0] === 5;
    if (packet[0] !== 3 && !isSetup) throw new SignalError(`${where} should be a header and is none`);
    if (isSetup) this.sendSetup(packet, where, false);
  }

  sendSetup(packet: Uint8Array, where: string, isFirst: boolean): void {
    const { wasm } = this.decoder._common;
    this.put(packet, where);
    guarded(where, () => wasm.send_setup(this.decoder._decoder, isFirst));
    this.assertNoError(where);
    if (isFirst) return;
    guarded(where, () => wasm.init_dsp(this.decoder._decoder));
    this.assertNoError(where);
    this.isReady = true;
  }

  decode(packet: Uint8Array, where: string): Planes {
    if (!this.isReady) throw new SignalError(`${where} comes before the setup header`);
    const { wasm } = this.decoder._common;
    this.put(packet, where);
    guarded(where, () => wasm.decode_packets(this.decoder._decoder));
    this.assertNoError(where);
    const frames = this.decoder._samplesDecoded.buf[0]!;
    if (frames > 0) {
      const addresses = new Uint32Array(wasm.HEAP, this.decoder._outputBufferPtr.buf[0], this.channels);
      for (let channel = 0; channel < this.channels; channel++) {
        this.planes[channel] = new Float32Array(wasm.HEAP, addresses[channel], frames);
      }
    }
    return { channels: this.planes, from: 0, to: frames };
  }

  private put(packet: Uint8Array, where: string): void {
    const input = this.decoder._input.buf;
    if (packet.length === 0 || packet.length > input.length) {
      throw new SignalError(`${where} holds ${packet.length} bytes; 1 to ${input.length} are supported`);
    }
    input.set(packet);
    this.decoder._inputLen.buf[0] = packet.length;
  }

  private assertNoError(where: string): void {
    const { _errors, _errorsLength, _common } = this.decoder;
    if (_errorsLength.buf[0] === 0) return;
    const [, code = 0] = _errors.buf;
    const [reason = ''] = _common.codeToString(code).split(' ');
    throw new SignalError(`${where} is damaged (libvorbis reports ${reason})`);
  }
}
