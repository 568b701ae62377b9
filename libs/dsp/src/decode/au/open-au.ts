import { SignalError } from '../../signal-error.js';
import type { ByteReader } from '../byte-reader.js';
import { viewOf } from '../chunks.js';
import type { OpenedFormat } from '../open-recording.js';
import { pcmRecording } from '../pcm/pcm-recording.js';
import { assertSound, type SampleLayout } from '../pcm/sample-layout.js';

const encodings = new Map<number, Omit<SampleLayout, 'littleEndian'>>([
  [1, { encoding: 'mu-law', sampleBytes: 1 }],
  [2, { encoding: 'signed', sampleBytes: 1 }],
  [3, { encoding: 'signed', sampleBytes: 2 }],
  [4, { encoding: 'signed', sampleBytes: 3 }],
  [5, { encoding: 'signed', sampleBytes: 4 }],
  [6, { encoding: 'float', sampleBytes: 4 }],
  [7, { encoding: 'float', sampleBytes: 8 }],
  [27, { encoding: 'a-law', sampleBytes: 1 }],
]);
const headerBytes = 24;
const unknownSize = 0xffffffff;

/**
 * Opens an AU file (Sun's and NeXT's `.snd`), whose numbers have their highest byte first, or all their lowest one.
 * Samples of unknown size (0 or 2^32 - 1) take the rest of the file.
 *
 * @throws SignalError if its header is damaged or asks for what is not supported
 */
export async function openAu(reader: ByteReader): Promise<OpenedFormat> {
  const header = await reader.read(headerBytes);
  if (header.length < headerBytes)
    throw new SignalError(`AU: the file ends at byte ${header.length}, inside its header`);
  // The file starts with `.snd`; turned around, with `dns.` (libsndfile) or a zero and `ds.` (SoX).
  const littleEndian = header[3] === '.'.charCodeAt(0);
  const view = viewOf(header);
  const [dataAt, size, code, sampleRate, channels] = [4, 8, 12, 16, 20].map((at) => view.getUint32(at, littleEndian));
  if (dataAt! < headerBytes)
    throw new SignalError(`AU: the header says that the samples start at byte ${dataAt}, inside it`);
  const encoding = encodings.get(code!);
  if (!encoding) throw new SignalError(`AU: the header names encoding ${code}, which is not supported`);
  assertSound('AU: the header', channels!, sampleRate!);
  await reader.skip(dataAt! - headerBytes);
  return pcmRecording(reader, {
    format: 'AU',
    sampleRate: sampleRate!,
    channels: channels!,
    layout: { ...encoding, littleEndian },
    where: `the data at byte ${dataAt}`,
    bytes: size === 0 || size === unknownSize ? Infinity : size!,
  });
}
