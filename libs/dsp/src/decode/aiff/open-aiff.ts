import type { ByteReader } from '../byte-reader.js';
import type { OpenedFormat } from '../open-recording.js';
import { pcmRecording } from '../pcm/pcm-recording.js';
import { readAiffHeader } from './aiff-chunks.js';
import { parseAiffFormat } from './aiff-format.js';

/**
 * Opens an AIFF or AIFC file (Apple, 1989 and 1991): integers of 1 to 64 bits in either order of bytes, floats of 32
 * and 64, A-law and mu-law; any other chunks.
 *
 * @throws SignalError if its header is damaged or asks for what is not supported
 */
export async function openAiff(reader: ByteReader): Promise<OpenedFormat> {
  const isAifc = (await reader.peek(12))[11] === 'C'.charCodeAt(0);
  const header = await readAiffHeader(reader);
  const where = `the SSND chunk at byte ${header.soundAt}`;
  return pcmRecording(reader, { format: 'AIFF', ...parseAiffFormat(header, isAifc), where, bytes: header.soundBytes });
}
