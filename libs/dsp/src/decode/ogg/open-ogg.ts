import { SignalError } from '../../signal-error.js';
import type { OpenFormat } from '../open-recording.js';
import { chosenBlocks, type Planes } from '../planes.js';
import { audioPages } from './audio-pages.js';
import { parseFlacHeader } from './ogg-flac.js';
import type { OggStream } from './ogg-stream.js';
import { parseOpusHeader } from './opus.js';
import type { AudioPage } from './sound-stream.js';
import { TrimmedStream } from './trimmed-stream.js';
import { parseVorbisHeader } from './vorbis.js';

const codecs: { signature: string; parse: (header: Uint8Array, at: number) => OggStream }[] = [
  { signature: '\x01vorbis', parse: parseVorbisHeader },
  { signature: 'OpusHead', parse: parseOpusHeader },
  { signature: '\x7fFLAC', parse: parseFlacHeader },
];

/** A day of radio has some 400. Each costs the start of a decoder, be it for a single packet. */
const mostStreamsInARow = 500;

/**
 * Opens Vorbis, Opus or FLAC in Ogg. Several streams in a row are one recording if their form is the same. Pages are
 * checked (checksum, order) before anything of theirs is decoded; a file that was cut short gives its whole pages.
 *
 * @throws SignalError if there is no such stream, or its first header is broken or asks for what is not supported
 */
export const openOgg: OpenFormat = async (reader) => {
  const pages = audioPages(reader, (packet) => codecOf(packet) !== undefined);
  const first = await pages.next();
  if (first.done) throw new SignalError(`Ogg: the file ends at byte ${reader.position}, before any sound`);
  const stream = streamOf(first.value);
  const form = { format: stream.format, sampleRate: stream.sampleRate, channels: stream.channels };
  return { ...form, blocks: (choice) => chosenBlocks(form, choice, decodedParts(stream, pages), reader) };
};

async function* decodedParts(stream: OggStream, pages: AsyncIterable<AudioPage>): AsyncGenerator<Planes, void> {
  let current = new TrimmedStream(stream);
  let streams = 1;
  for await (const page of pages) {
    if (page.beginsStream) {
      if (++streams > mostStreamsInARow) {
        throw new SignalError(`Ogg: at byte ${page.at} starts stream ${streams}; ${mostStreamsInARow} are supported`);
      }
      const next = streamOf(page);
      assertSameForm(stream, next, page.at);
      current = new TrimmedStream(next);
    } else yield* current.parts(page);
  }
}

function codecOf(packet: Uint8Array) {
  return codecs.find(({ signature }) => [...signature].every((character, i) => packet[i] === character.charCodeAt(0)));
}

function streamOf({ packets, at }: AudioPage): OggStream {
  const [packet] = packets;
  if (!packet) throw new SignalError(`Ogg: the page at byte ${at} holds no whole header`);
  return codecOf(packet)!.parse(packet, at);
}

function assertSameForm(first: OggStream, next: OggStream, at: number): void {
  const form = ({ format, sampleRate, channels }: OggStream) => `${format}, ${sampleRate} Hz, ${channels} channels`;
  if (form(first) === form(next)) return;
  throw new SignalError(`Ogg: at byte ${at}, the form changes from ${form(first)}, to ${form(next)}`);
}
