import { describe, expect, it } from '@jest/globals';
import { inPieces } from '../../../test-support/in-pieces.js';
import { largestError } from '../../../test-support/largest-error.js';
import { changedPage, changedPages, oggPage, oggPages } from '../../../test-support/ogg-file.js';
import { recordingBytes } from '../../../test-support/recordings.js';
import { ascii, joined } from '../../../test-support/wav-file.js';
import { ByteReader } from '../byte-reader.js';
import { decodeRecording } from '../decode-recording.js';
import { openRecording } from '../open-recording.js';
import { readOggPage } from './ogg-page.js';
import { PacketAssembler } from './packets.js';

const [vorbis, second, opus] = ['mono-16k.ogg', 'mono-16k-second.ogg', 'mono-24k.opus'].map(recordingBytes) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
];
const samplesOf = async (file: Uint8Array) => (await decodeRecording([file])).samples;
const decoding = (file: Uint8Array) => decodeRecording([file]);
/** Moves the positions of all pages that have sound on them. */
const moved = (file: Uint8Array, by: bigint) =>
  changedPages(file, (_, view) => {
    if (view.getBigInt64(6, true) > 0n) view.setBigInt64(6, view.getBigInt64(6, true) + by, true);
  });
const withOpusHeader = (change: (view: DataView) => void) =>
  changedPages(opus, (page, _, index) => {
    if (index === 0) change(new DataView(page.buffer, 28));
  });

/** Where the packets start on a page that begins with one. */
const packetStarts = (page: Uint8Array) => {
  let at = 27 + page[26]!;
  const starts = [at];
  for (const segment of page.subarray(27, at)) {
    at += segment;
    if (segment < 255) starts.push(at);
  }
  return starts;
};

describe('openOgg', () => {
  it('reads streams in a row as one, if they are of one form', async () => {
    const both = await samplesOf(joined([vorbis, second]));
    expect(largestError(both, [...(await samplesOf(vorbis)), ...(await samplesOf(second))])).toBe(0);
    await expect(decoding(joined([vorbis, recordingBytes('stereo-44k.ogg')]))).rejects.toThrow(
      `Ogg: at byte ${vorbis.length}, the form changes from Ogg Vorbis, 16000 Hz, 1 channels, to Ogg Vorbis, 44100 Hz, 2 channels`,
    );
  });

  it('passes over other streams, and what follows the last page', async () => {
    const [first, ...rest] = oggPages(opus) as [Uint8Array, ...Uint8Array[]];
    const other = [
      oggPage(ascii('Speex   '), { flags: 2, serial: 9 }),
      oggPage(ascii('words'), { sequence: 1, serial: 9 }),
    ];
    const file = joined([other[0]!, first, other[1]!, ...rest, ascii('TAG and the like')]);
    expect(largestError(await samplesOf(file), await samplesOf(opus))).toBe(0);
    await expect(decoding(joined(other))).rejects.toThrow(/^Ogg: none of the streams up to byte 36 is Vorbis, Opus/);
  });

  it('names the page that is damaged, missing, or there twice', async () => {
    const pages = oggPages(opus);
    const last = opus.length - pages.at(-1)!.length;
    const flipped = opus.slice();
    flipped[last + 100]! ^= 1;
    await expect(decoding(flipped)).rejects.toThrow(`Ogg: the page at byte ${last} is damaged (its checksum differs)`);
    const skipped = changedPages(opus, (_, view, index) => {
      if (index === 2) view.setUint32(18, 3, true);
    });
    await expect(decoding(skipped)).rejects.toThrow(
      /page at byte \d+ is number 3 of its stream, and number 2 was to come/,
    );
    await expect(decoding(joined([...pages.slice(0, 2), pages[1]!]))).rejects.toThrow(
      /number 1 .*and number 2 was to come/,
    );
    await expect(decoding(joined([pages[0]!, ascii('Oggs are no pages. '.repeat(2))]))).rejects.toThrow(
      /no page at byte 47/,
    );
  });

  it('gives the whole pages of a file that was cut short', async () => {
    const long = joined([vorbis, second]);
    const whole = await samplesOf(vorbis);
    expect(largestError(await samplesOf(long.subarray(0, long.length - 20)), whole)).toBe(0);
    const lastPage = oggPages(vorbis).at(-1)!.length;
    const cut = await samplesOf(vorbis.subarray(0, vorbis.length - 1));
    expect(largestError(cut, await samplesOf(vorbis.subarray(0, vorbis.length - lastPage)))).toBe(0);
    expect(largestError(cut, whole.subarray(0, 15_872))).toBe(0);
    const headers = oggPages(vorbis).slice(0, 2);
    await expect(decoding(joined(headers))).rejects.toThrow('Ogg Vorbis: the file holds no whole frame');
    await expect(decoding(vorbis.subarray(0, 20))).rejects.toThrow('Ogg: the file ends at byte 0, before any sound');
  });

  it.each(['mono-16k.ogg', 'mono-24k.opus', 'stereo-22k.oga'])(
    'ends %s alike however its end is marked',
    async (name) => {
      const file = recordingBytes(name);
      const pages = oggPages(file);
      const view = new DataView(pages.at(-1)!.slice().buffer);
      const [granule, serial, sequence] = [
        view.getBigInt64(6, true),
        view.getUint32(14, true),
        view.getUint32(18, true) + 1,
      ];
      const body = joined(
        pages.map((page, i) => (i < pages.length - 1 ? page : changedPage(page, (copy) => (copy[5] = 0)))),
      );
      const emptyPage = { serial, sequence, flags: 4 };
      const noPacket = joined([ascii('OggS'), new Uint8Array(23)]);
      const numbered = (position: bigint) =>
        changedPage(noPacket, (copy, pageView) => {
          copy[5] = 4;
          pageView.setBigInt64(6, position, true);
          pageView.setUint32(14, serial, true);
          pageView.setUint32(18, sequence, true);
        });
      const other = oggPage(ascii('fishead'), { flags: 2, serial: serial + 1 });
      const whole = await samplesOf(file);
      for (const marked of [
        body,
        joined([body, numbered(granule)]),
        joined([body, numbered(-1n)]),
        joined([body, oggPage(new Uint8Array(), { ...emptyPage, granule })]),
        joined([body, ascii('TAG and the like')]),
        joined([body, new Uint8Array(1000)]),
        joined([body, noPacket.subarray(0, 20)]),
        joined([other, body, oggPage(ascii('bones'), { serial: serial + 1, sequence: 1 })]),
        joined([body, other]),
      ]) {
        expect(largestError(await samplesOf(marked), whole)).toBe(0);
      }
      const cut = await samplesOf(joined([body, numbered(granule - 100n)]));
      const isCut = name.endsWith('oga') ? 0 : 100;
      expect(largestError(cut, whole.subarray(0, whole.length - isCut))).toBe(0);
      await expect(decoding(joined([body, ascii('Ugg, a page of which the start is damaged')]))).rejects.toThrow(
        `there is no page at byte ${file.length}`,
      );
    },
  );

  it.each(['mono-24k.opus', 'stereo-22k.oga'])(
    'gives the first packet of %s before it decodes the next',
    async (name) => {
      const broken = oggPages(recordingBytes(name)).map((page, index) =>
        index < 2
          ? page
          : changedPage(page, (copy, view) => {
              const [, second = 0] = packetStarts(copy);
              copy.set([0xff, 0], second);
              view.setBigInt64(6, 1_000_000n, true);
            }),
      );
      const blocks = (await openRecording([joined(broken)])).blocks('all');
      expect((await blocks.next()).done).toBe(false);
      await expect(blocks.next()).rejects.toThrow(/: a packet on the page at byte/);
    },
  );

  it('refuses more streams in a row than a day of radio has', async () => {
    const chain = (count: number) =>
      joined(
        Array.from({ length: count }, (_, serial) => [
          changedPage(oggPages(opus)[0]!, (_page, view) => view.setUint32(14, serial, true)),
          oggPage(ascii('OpusTags'), { serial, sequence: 1, flags: 4 }),
        ]).flat(),
      );
    await expect(decoding(chain(500))).rejects.toThrow('Ogg Opus: the file holds no whole frame');
    await expect(decoding(chain(501))).rejects.toThrow(/^Ogg: at byte \d+ starts stream 501; 500 are supported$/);
  });

  it('refuses more than 1,000 empty pages in a row', async () => {
    const empty = oggPage(new Uint8Array(), { serial: 9, sequence: 1 });
    const other = oggPage(ascii('fishead'), { flags: 2, serial: 9 });
    const [first, ...rest] = oggPages(opus);
    const file = (count: number) => joined([first!, other, ...Array<Uint8Array>(count).fill(empty), ...rest]);
    expect(largestError(await samplesOf(file(1000)), await samplesOf(opus))).toBe(0);
    await expect(decoding(file(1001))).rejects.toThrow(/^Ogg: the page at byte \d+ is the 1001th empty one in a row$/);
  });

  it('copies what waits for the rest of its packet', async () => {
    const pages = [
      oggPage(new Uint8Array(255).fill(7), { goesOn: true }),
      oggPage(Uint8Array.of(8), { sequence: 1, flags: 1 }),
    ];
    const assembler = new PacketAssembler();
    expect(assembler.packetsOf((await readOggPage(new ByteReader([pages[0]!])))!)).toEqual([]);
    pages[0]!.fill(0);
    const [packet] = assembler.packetsOf((await readOggPage(new ByteReader([pages[1]!])))!);
    expect(packet).toEqual(Uint8Array.of(...Array<number>(255).fill(7), 8));
  });

  it('holds no comment, however long it is', async () => {
    const [first, comment, ...sound] = oggPages(opus) as [Uint8Array, Uint8Array, ...Uint8Array[]];
    const serial = new DataView(first.buffer).getUint32(14, true);
    const part = new Uint8Array(255 * 255).fill(32);
    const pages = 500;
    function* source() {
      yield first;
      for (let i = 1; i <= pages; i++)
        yield oggPage(part, { serial, sequence: i, flags: i === 1 ? 0 : 1, goesOn: true });
      yield oggPage(new Uint8Array(), { serial, sequence: pages + 1, flags: 1 });
      for (const [i, page] of sound.entries()) {
        yield changedPage(page, (_, view) => view.setUint32(18, pages + 2 + i, true));
      }
    }
    expect(comment.length).toBeLessThan(1000);
    expect(largestError((await decodeRecording(source())).samples, await samplesOf(opus))).toBe(0);
  });
});

describe('openOgg of Vorbis', () => {
  it('leaves out at the start what a first page says that ends too early', async () => {
    const whole = await samplesOf(vorbis);
    expect(largestError(await samplesOf(moved(vorbis, -100n)), whole.subarray(100))).toBe(0);
    expect(largestError(await samplesOf(moved(vorbis, 5000n)), whole)).toBe(0);
  });

  it('refuses a first page of more samples than any encoder puts on one', async () => {
    const [head, setup] = oggPages(recordingBytes('six-48k.ogg')).slice(0, 3);
    const serial = new DataView(head!.slice().buffer).getUint32(14, true);
    const longBlocks = changedPage(head!, (page) => (page[28 + 28] = 0xdd));
    // A packet of one 0 is a silent block.
    const silence = joined([new Uint8Array(27), new Uint8Array(254).fill(1), new Uint8Array(254)]);
    silence.set([...ascii('OggS')]);
    silence[26] = 254;
    const page = changedPage(silence, (_, view) => {
      view.setUint32(14, serial, true);
      view.setUint32(
        18,
        oggPages(recordingBytes('six-48k.ogg')).findIndex((_page, i) => i === 2),
        true,
      );
    });
    await expect(decoding(joined([longBlocks, setup!, page]))).rejects.toThrow(/holds more than 4194304 samples$/);
  });

  it.each<[string, (body: Uint8Array) => void, RegExp]>([
    ['no channels', (body) => (body[11] = 0), /says that there are 0 channels/],
    ['more than 8 channels', (body) => (body[11] = 9), /says that there are 9 channels; 1 to 8 are supported/],
    ['no sample rate', (body) => body.fill(0, 12, 16), /says that there are 0 samples a second/],
    ['a later version', (body) => (body[7] = 1), /is of version 1/],
    ['impossible blocks', (body) => (body[28] = 0x8f), /blocks of 2\^15 and 2\^8/],
  ])('refuses a header with %s', async (_, change, message) => {
    const file = changedPages(vorbis, (page, _view, index) => {
      if (index === 0) change(page.subarray(28));
    });
    await expect(decoding(file)).rejects.toThrow(message);
  });

  it('says which page holds a packet that libvorbis refuses', async () => {
    const file = changedPages(vorbis, (page, _, index) => {
      if (index === 1) page.fill(0xff, page.length - 2000);
    });
    await expect(decoding(file)).rejects.toThrow(/^Ogg Vorbis: a packet on the page at byte 58 is damaged \(libvorbis/);
  });
});

describe('openOgg of Opus', () => {
  it('applies the gain of the header', async () => {
    const louder = await samplesOf(withOpusHeader((view) => view.setInt16(16, -6 * 256, true)));
    const expected = (await samplesOf(opus)).map((sample) => sample * 10 ** (-6 / 20));
    expect(largestError(louder, expected)).toBeLessThan(1e-7);
  });

  it('leaves out the pre-skip at the start, and at the end what lies beyond the last position', async () => {
    const whole = await samplesOf(opus);
    const skipped = await samplesOf(
      withOpusHeader((view) => view.setUint16(10, view.getUint16(10, true) + 1000, true)),
    );
    expect(largestError(skipped, whole.subarray(1000))).toBe(0);
    const pages = oggPages(opus);
    const earlier = changedPage(pages.at(-1)!, (_, view) =>
      view.setBigInt64(6, view.getBigInt64(6, true) - 300n, true),
    );
    expect(largestError(await samplesOf(joined([...pages.slice(0, -1), earlier])), whole.subarray(0, -300))).toBe(0);
  });

  it.each<[string, (view: DataView) => void, RegExp]>([
    ['of a later version', (view) => view.setUint8(8, 16), /is of version 16/],
    ['of an unknown mapping', (view) => view.setUint8(18, 255), /names channel mapping family 255; 0 and 1 are/],
    ['with too many channels', (view) => view.setUint8(9, 3), /says that there are 3 channels; 1 to 2 are possible/],
    ['with a mapping cut short', (view) => view.setUint8(18, 1), /has a channel mapping that is not possible/],
  ])('refuses a header %s', async (_, change, message) => {
    await expect(decoding(withOpusHeader(change))).rejects.toThrow(message);
  });

  it('says which page holds a packet that libopus refuses', async () => {
    const broken = oggPages(opus).map((page, index) =>
      index === 2 ? changedPage(page, (copy) => copy.set([0xff, 0], 27 + copy[26]!)) : page,
    );
    await expect(decoding(joined(broken))).rejects.toThrow(
      /^Ogg Opus: a packet on the page at byte \d+ is damaged \(libopus/,
    );
  });
});

it('reads Ogg from a stream that is cut anywhere', async () => {
  const { samples } = await decodeRecording(inPieces(vorbis, 13));
  expect(largestError(samples, await samplesOf(vorbis))).toBe(0);
});
