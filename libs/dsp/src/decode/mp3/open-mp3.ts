import { SignalError } from '../../signal-error.js';
import type { ByteReader } from '../byte-reader.js';
import { openFlac } from '../flac/open-flac.js';
import type { OpenFormat } from '../open-recording.js';
import { chosenBlocks, type Planes } from '../planes.js';
import { bytesBeforeFrame, endsSound, searchedBytes } from './find-frame.js';
import { frameHeaderBytes, isSameForm, parseFrameHeader, type FrameHeader } from './frame-header.js';
import { Mpg123 } from './mpg123.js';
import { skipTags } from './skip-tags.js';

/**
 * Opens MPEG audio, layers I to III, of constant or variable bit rate. ID3v2 tags before it are passed over, and so is
 * what is no frame, up to 64 KiB of it at a time. A file that was cut short gives its whole frames. Some FLAC files have
 * an ID3v2 tag, too: they are opened as FLAC.
 *
 * @throws SignalError if no frames follow one another within 64 KiB, as in a file that merely starts like one
 */
export const openMp3: OpenFormat = async (reader) => {
  await skipTags(reader);
  if (String.fromCharCode(...(await reader.peek(4))) === 'fLaC') return openFlac(reader);
  const start = reader.position;
  const header = await nextHeader(reader);
  if (!header) throw noFrames(start);
  const form = { format: 'MP3', sampleRate: header.sampleRate, channels: header.channels };
  return { ...form, blocks: (choice) => chosenBlocks(form, choice, decodedFrames(reader, header), reader) };
};

async function* decodedFrames(reader: ByteReader, form: FrameHeader): AsyncGenerator<Planes, void> {
  const decoder = await Mpg123.start(form.channels);
  for (;;) {
    const start = reader.position;
    const header = await nextHeader(reader, form);
    if (!header) {
      if (await standsAtEnd(reader)) return;
      throw noFrames(start);
    }
    const where = `MP3: the frame at byte ${reader.position}`;
    if (!isSameForm(header, form)) {
      const [then, now] = [form, header].map(
        (each) => `layer ${each.layer}, ${each.sampleRate} Hz, ${each.channels} channels`,
      );
      throw new SignalError(`${where} is of another form (${now}) than those before (${then})`);
    }
    const frame = await reader.read(header.bytes);
    if (frame.length < header.bytes) return;
    yield* decoder.decode(frame, where);
  }
}

/**
 * The header of the next frame, which the reader is brought to; null if there is none where one is looked for.
 *
 * @param form of the frame before: another of the same form is taken as it comes
 */
async function nextHeader(reader: ByteReader, form?: FrameHeader): Promise<FrameHeader | null> {
  const header = parseFrameHeader(await reader.peek(frameHeaderBytes));
  if (header && form && isSameForm(header, form)) return header;
  const before = endsSound(await reader.peek(11)) ? null : await bytesBeforeFrame(reader);
  if (before === null) return null;
  await reader.skip(before);
  return parseFrameHeader(await reader.peek(frameHeaderBytes));
}

async function standsAtEnd(reader: ByteReader): Promise<boolean> {
  return endsSound(await reader.peek(11)) || (await reader.peek(searchedBytes)).length < searchedBytes;
}

function noFrames(start: number): SignalError {
  return new SignalError(`MP3: no frames follow one another in the ${searchedBytes} bytes from byte ${start}`);
}
