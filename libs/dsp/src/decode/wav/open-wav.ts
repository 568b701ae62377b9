import type { ByteReader } from '../byte-reader.js';
import type { OpenedFormat } from '../open-recording.js';
import { pcmRecording } from '../pcm/pcm-recording.js';
import { adpcmRecording } from './adpcm-recording.js';
import { readWavHeader } from './riff-chunks.js';
import { parseWavFormat, sampleLayout } from './wav-format.js';

/**
 * Opens a WAV file (Microsoft and IBM, 1991; RF64 and BW64: EBU Tech 3306, ITU-R BS.2088): integers of 1 to 64 bits,
 * floats of 32 and 64, A-law, mu-law, IMA and Microsoft ADPCM; any other chunks.
 *
 * @throws SignalError if its header is damaged or asks for what is not supported
 */
export async function openWav(reader: ByteReader): Promise<OpenedFormat> {
  const header = await readWavHeader(reader);
  const format = parseWavFormat(header);
  const { sampleRate, channels, codec } = format;
  if (codec === 'ima-adpcm' || codec === 'ms-adpcm') return adpcmRecording(reader, codec, format, header);
  return pcmRecording(reader, {
    format: 'WAV',
    sampleRate,
    channels,
    layout: sampleLayout(codec, format, header),
    where: `the data chunk at byte ${header.dataAt}`,
    bytes: header.dataBytes,
  });
}
