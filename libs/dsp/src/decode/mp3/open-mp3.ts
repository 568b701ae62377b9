import { SignalError } from '../../signal-error.js';
import type { ByteReader } from '../byte-reader.js';
import { openFlac } from '../flac/open-flac.js';
import type { OpenFormat } from '../open-recording.js';
import { chosenBlocks, type Planes } from '../planes.js';
import { bytesBeforeFrame, endsSound, searchedAtStart, searchedWithin } from './find-frame.js';
import { frameHeaderBytes, isSameForm, parseFrameHeader, type FrameHeader } from './frame-header.js';
import { Mpg123 } from './mpg123.js';
import { skipTags } from './skip-tags.js';

/**
 * Opens MPEG audio, layers I to III, of constant or variable bit rate. ID3v2 tags before it are passed over; what is no
 * frame is, too, up to 64 KiB of it between a tag and the first frame and after the last, and 1 KiB within. A file that
 * was cut short gives its whole frames. Some FLAC files have an ID3v2 tag, too: they are opened as FLAC.
 *
 * @throws SignalError if no frames follow one another near the start, as in a file that merely starts like one
 */
export const openMp3: OpenFormat = async (reader) => {
  await skipTags(reader);
  if (String.fromCharCode(...(await reader.peek(4))) === 'fLaC') return openFlac(reader);
  const start = reader.position;
  const before = await bytesBeforeFrame(reader, searchedAtStart);
  if (before === null) throw noFrame(start);
  await reader.skip(before);
  const header = await peekedHeader(reader);
  if (!header) throw noFrame(start);
  const form = { format: 'MP3', sampleRate: header.sampleRate, channels: header.channels };
  return { ...form, blocks: (choice) => chosenBlocks(form, choice, decodedFrames(reader, header), reader) };
};

async function* decodedFrames(reader: ByteReader, form: FrameHeader): AsyncGenerator<Planes, void> {
  const decoder = await Mpg123.start(form.channels);
  for (;;) {
    const start = reader.position;
    const where = `MP3: the frame at byte ${start}`;
    const header = await peekedHeader(reader);
    if (header && isSameForm(header, form)) {
      const frame = await reader.read(header.bytes);
      if (frame.length < header.bytes) return;
      yield* decoder.decode(frame, where);
      continue;
    }
    const before = await bytesBeforeFrame(reader, searchedWithin);
    if (before === 0) throw new SignalError(`${where} changes the form from ${formOf(form)}, to ${formOf(header!)}`);
    if (before === null) {
      if (await isPastSound(reader)) return;
      throw noFrame(start);
    }
    // libmpg123 is to know that something is missing: what follows may refer to it.
    yield* decoder.decode(await reader.read(before), `MP3: what lies between frames at byte ${start}`);
  }
}

/** Whether a tag follows, or what is no frame up to the end of the file. */
async function isPastSound(reader: ByteReader): Promise<boolean> {
  const rest = await reader.peek(searchedAtStart + 1);
  if (endsSound(rest)) return true;
  return rest.length <= searchedAtStart && (await bytesBeforeFrame(reader, searchedAtStart)) === null;
}

async function peekedHeader(reader: ByteReader): Promise<FrameHeader | null> {
  return parseFrameHeader(await reader.peek(frameHeaderBytes));
}

function formOf({ layer, sampleRate, channels }: FrameHeader): string {
  return `layer ${layer}, ${sampleRate} Hz, ${channels} channels`;
}

function noFrame(start: number): SignalError {
  return new SignalError(`MP3: no frames follow one another at byte ${start}, nor soon after`);
}
