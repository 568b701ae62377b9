/** Decodes one block of ADPCM into one array per channel, from frame `to` on; returns how many frames it holds. */
export type AdpcmBlock = (block: Uint8Array, planes: readonly Float32Array[], to: number) => number;

/** The step sizes of IMA ADPCM (IMA Digital Audio Focus Group, 1992): each about a tenth larger than the one before. */
const steps = [
  7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97, 107, 118,
  130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796, 876, 963, 1060,
  1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484,
  7132, 7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767,
];
const lastStep = steps.length - 1;
/** How far each code moves the index of the step; the sign bit of the code makes no difference. */
const indexMoves = [-1, -1, -1, -1, 2, 4, 6, 8];

/** For each channel a block has this many bytes of header, and then in turn groups of this many bytes. */
const groupBytes = 4;
const samplesPerGroup = 8;

/** How many frames a whole block of Microsoft's variant of IMA ADPCM holds; 0 if a block cannot be of that size. */
export function imaFramesPerBlock(blockBytes: number, channels: number): number {
  const rounds = blockBytes / (groupBytes * channels);
  return Number.isInteger(rounds) && rounds >= 2 ? 1 + (rounds - 1) * samplesPerGroup : 0;
}

/**
 * Decodes Microsoft's variant of IMA ADPCM: a block opens with the first sample and the step index of every channel,
 * then come groups of eight codes for each channel in turn. Of a block that is cut short, the whole groups count.
 */
export const decodeImaBlock: AdpcmBlock = (block, planes, to) => {
  const rounds = Math.floor(block.length / (groupBytes * planes.length));
  if (rounds === 0) return 0;
  for (let channel = 0; channel < planes.length; channel++) {
    const decoder = new ChannelDecoder(planes[channel]!, to);
    for (let round = 0; round < rounds; round++) {
      const start = (round * planes.length + channel) * groupBytes;
      if (round === 0) decoder.header(block, start);
      else decoder.codes(block, start);
    }
  }
  return 1 + (rounds - 1) * samplesPerGroup;
};

class ChannelDecoder {
  private predicted = 0;
  private step = 0;

  constructor(
    private readonly samples: Float32Array,
    private next: number,
  ) {}

  header(block: Uint8Array, at: number): void {
    this.step = Math.min(lastStep, block[at + 2]!);
    this.put(((block[at]! | (block[at + 1]! << 8)) << 16) >> 16);
  }

  codes(block: Uint8Array, start: number): void {
    for (let at = start; at < start + groupBytes; at++) {
      this.code(block[at]! & 15);
      this.code(block[at]! >> 4);
    }
  }

  private code(code: number): void {
    const size = steps[this.step]!;
    // The standard adds shifted steps: each of them is rounded down by itself.
    const change = (size >> 3) + (code & 1 && size >> 2) + (code & 2 && size >> 1) + (code & 4 && size);
    this.step = Math.max(0, Math.min(lastStep, this.step + indexMoves[code & 7]!));
    this.put(Math.max(-32768, Math.min(32767, this.predicted + (code & 8 ? -change : change))));
  }

  private put(value: number): void {
    this.predicted = value;
    this.samples[this.next++] = value / 2 ** 15;
  }
}
