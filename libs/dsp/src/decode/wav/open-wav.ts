import type { ByteReader } from '../byte-reader.js';
import { SignalError } from '../../signal-error.js';
import type { OpenRecording } from '../open-recording.js';
import { pcmRecording } from '../pcm/pcm-recording.js';
import { readWavHeader } from './riff-chunks.js';
import { parseWavFormat, sampleLayout } from './wav-format.js';

/**
 * Opens a WAV file (Microsoft and IBM, 1991; RF64 and BW64: EBU Tech 3306, ITU-R BS.2088): integers of 1 to 64 bits,
 * floats of 32 and 64, A-law and mu-law; any other chunks.
 *
 * @throws SignalError if its header is damaged or asks for what is not supported
 */
export async function openWav(reader: ByteReader): Promise<OpenRecording> {
  const header = await readWavHeader(reader);
  const format = parseWavFormat(header);
  const { sampleRate, channels, codec } = format;
  const where = `the data chunk at byte ${header.dataAt}`;
  const common = { format: 'WAV', sampleRate, channels, where, bytes: header.dataBytes };
  if (codec === 'ima-adpcm' || codec === 'ms-adpcm') throw new SignalError('WAV: ADPCM is not supported');
  return pcmRecording(reader, { ...common, layout: sampleLayout(codec, format, header) });
}
