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

/**
 * Decodes Microsoft's variant of IMA ADPCM: a block opens with the first sample and the step index of every channel,
 * then come groups of eight codes for each channel in turn. Of a last block that is cut short, the whole groups count.
 *
 * @param blockBytes a multiple of `4 * channels`, at least twice that
 * @returns interleaved samples; none if not even the header of a block is there
 */
export function imaAdpcmSamples(content: Uint8Array, channels: number, blockBytes: number): Float32Array {
  const roundBytes = groupBytes * channels;
  const rounds = Math.floor(content.length / roundBytes);
  const roundsPerBlock = blockBytes / roundBytes;
  const blocks = Math.ceil(rounds / roundsPerBlock);
  const samples = new Float32Array((blocks + (rounds - blocks) * samplesPerGroup) * channels);
  for (let channel = 0; channel < channels; channel++) {
    const decoder = new ChannelDecoder(samples, channel, channels);
    for (let round = 0; round < rounds; round++) {
      const start = round * roundBytes + channel * groupBytes;
      const group = content.subarray(start, start + groupBytes);
      if (round % roundsPerBlock === 0) decoder.header(group);
      else decoder.codes(group);
    }
  }
  return samples;
}

class ChannelDecoder {
  private predicted = 0;
  private step = 0;

  constructor(
    private readonly samples: Float32Array,
    private next: number,
    private readonly channels: number,
  ) {}

  header(group: Uint8Array): void {
    this.step = Math.min(lastStep, group[2]!);
    this.put(((group[0]! | (group[1]! << 8)) << 16) >> 16);
  }

  codes(group: Uint8Array): void {
    for (const byte of group) {
      this.code(byte & 15);
      this.code(byte >> 4);
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
    this.samples[this.next] = value / 2 ** 15;
    this.next += this.channels;
  }
}
