/** What the four bytes at the start of an MPEG audio frame say (ISO 11172-3 and 13818-3, 2.4.2.3). */
export interface FrameHeader {
  /** 1, 2 or 3; the third is MP3. */
  layer: number;
  /** In hertz. */
  sampleRate: number;
  channels: 1 | 2;
  /** Of the whole frame. */
  bytes: number;
}

/** In kbit/s, by layer: those of MPEG 1, and those of MPEG 2 and its extension to low rates. */
const bitRates = {
  full: [
    [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
    [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
    [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  ],
  half: [
    [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
    [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  ],
};
const sampleRates = [44_100, 48_000, 32_000];

export const frameHeaderBytes = 4;

/** @returns null if no frame starts so; a bit rate that is not in the table ("free format") counts as none */
export function parseFrameHeader([first = 0, second = 0, third = 0, fourth = 0]: Uint8Array): FrameHeader | null {
  const version = (second >> 3) & 3;
  const layer = 4 - ((second >> 1) & 3);
  const rateIndex = (third >> 2) & 3;
  const isReserved = version === 1 || layer === 4 || rateIndex === 3 || (fourth & 3) === 2;
  if (first !== 0xff || second < 0xe0 || isReserved) return null;
  const kilobits = bitRates[version === 3 ? 'full' : 'half'][layer - 1]![(third >> 4) - 1];
  if (kilobits === undefined) return null;
  const sampleRate = sampleRates[rateIndex]! / [4, 1, 2, 1][version]!;
  const padding = (third >> 1) & 1;
  const samples = layer === 1 ? 384 : layer === 3 && version !== 3 ? 576 : 1152;
  const slotBytes = layer === 1 ? 4 : 1;
  const bytes = (Math.floor(((samples / 8 / slotBytes) * kilobits * 1000) / sampleRate) + padding) * slotBytes;
  return { layer, sampleRate, channels: fourth >> 6 === 3 ? 1 : 2, bytes };
}

/** Whether one stream can hold both; the bit rate may differ from frame to frame. */
export function isSameForm(one: FrameHeader, other: FrameHeader): boolean {
  return one.layer === other.layer && one.sampleRate === other.sampleRate && one.channels === other.channels;
}
