import { MPEGDecoder } from 'mpg123-decoder';
import { SignalError } from '../../signal-error.js';
import { guarded } from '../guarded.js';
import type { Planes } from '../planes.js';

/** A decoder of mpg123-decoder 1.0, whose own `decode` does not return after some errors and writes them to the console. */
interface Mpg123Internals {
  ready: Promise<void>;
  _decoder: number;
  _input: { ptr: number; buf: Uint8Array };
  _output: { ptr: number; len: number; buf: Float32Array };
  _samplesDecodedPtr: { ptr: number; buf: Uint32Array };
  _sampleRatePtr: { ptr: number; buf: Uint32Array };
  _errorStringPtr: { ptr: number; buf: Uint32Array };
  _common: {
    wasm: {
      mpeg_decoder_feed(decoder: number, input: number, length: number): number;
      mpeg_decoder_read(decoder: number, output: number, room: number, ...results: number[]): number;
    };
  };
}

const [newFormat, needMore, done] = [-11, -10, -12];

/** libmpg123, fed with one frame after the other. It cannot be used after an error. */
export class Mpg123 {
  private constructor(
    private readonly decoder: Mpg123Internals,
    private readonly channels: 1 | 2,
  ) {}

  static async start(channels: 1 | 2): Promise<Mpg123> {
    const decoder = new MPEGDecoder() as unknown as Mpg123Internals;
    await decoder.ready;
    return new Mpg123(decoder, channels);
  }

  /**
   * What can be decoded after one more frame: none at first, since libmpg123 wants to see the second before it trusts
   * the first. Delay and padding that a LAME header tells are left out.
   *
   * @returns arrays that are overwritten when the next part is asked for
   * @throws SignalError if libmpg123 gives up
   */
  *decode(frame: Uint8Array, where: string): Generator<Planes, void> {
    const { _input, _output, _samplesDecodedPtr, _sampleRatePtr, _errorStringPtr, _common, _decoder } = this.decoder;
    _input.buf.set(frame);
    let state = guarded(where, () => _common.wasm.mpeg_decoder_feed(_decoder, _input.ptr, frame.length));
    while (state !== needMore && state !== done) {
      if (state !== 0 && state !== newFormat) {
        throw new SignalError(`${where} is damaged (libmpg123 reports error ${state})`);
      }
      _samplesDecodedPtr.buf[0] = 0;
      const results = [_samplesDecodedPtr.ptr, _sampleRatePtr.ptr, _errorStringPtr.ptr];
      state = guarded(where, () => _common.wasm.mpeg_decoder_read(_decoder, _output.ptr, _output.len, ...results));
      const frames = _samplesDecodedPtr.buf[0];
      // It gives two channels always.
      const planes = [_output.buf.subarray(0, frames), _output.buf.subarray(frames, 2 * frames)];
      if (frames > 0) yield { channels: planes.slice(0, this.channels), from: 0, to: frames };
    }
  }
}
