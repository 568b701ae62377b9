import { SignalError } from '../../signal-error.js';

/** How a file writes each sample by itself. */
export interface SampleLayout {
  encoding: 'signed' | 'unsigned' | 'float' | 'a-law' | 'mu-law';
  /** Bytes of one sample of one channel: 1 to 8 for integers, which lie at the top of them. */
  sampleBytes: number;
  littleEndian: boolean;
}

/** As many as libsndfile reads. More than a few dozen mean a damaged header. */
const mostChannels = 1024;

/**
 * Refuses what no header of a recording can mean.
 *
 * @param where which part of which file says so, such as `WAV: the fmt chunk at byte 12`
 * @throws SignalError
 */
export function assertSound(where: string, channels: number, sampleRate: number): void {
  if (channels < 1 || channels > mostChannels) {
    throw new SignalError(`${where} says that there are ${channels} channels; 1 to ${mostChannels} are supported`);
  }
  if (!(sampleRate >= 1 && sampleRate < 2 ** 32)) {
    throw new SignalError(`${where} says that there are ${sampleRate} samples a second`);
  }
}

/** @throws SignalError if samples of this encoding cannot be that wide */
export function assertWidth(where: string, { encoding, sampleBytes }: SampleLayout): void {
  if (isWidth(encoding, sampleBytes)) return;
  throw new SignalError(`${where} says that a sample (${encoding}) takes ${sampleBytes} bytes, which is not supported`);
}

function isWidth(encoding: SampleLayout['encoding'], sampleBytes: number): boolean {
  if (encoding === 'signed' || encoding === 'unsigned') return sampleBytes >= 1 && sampleBytes <= 8;
  return encoding === 'float' ? sampleBytes === 4 || sampleBytes === 8 : sampleBytes === 1;
}
