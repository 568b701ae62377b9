import type { ResizeBilinear } from '../network/operations.js';
import type { Batch } from './batch.js';

/** The two pixels of an axis that a new one lies between, and how near it is to the second, from 0 to 1. */
interface Between {
  first: number;
  second: number;
  share: number;
}

export function resizeBilinear({ size, pixels }: ResizeBilinear, { rows, shape, data }: Batch): Float32Array {
  const [height, width, channels] = [shape[0]!, shape[1]!, shape[2]!];
  const down = neighbours(height, size[0], pixels);
  const across = neighbours(width, size[1], pixels);
  const output = new Float32Array(rows * size[0] * size[1] * channels);
  let to = 0;
  for (let row = 0; row < rows; row++)
    for (const y of down) {
      const [above, below] = [(row * height + y.first) * width, (row * height + y.second) * width];
      for (const x of across)
        for (let c = 0; c < channels; c++) {
          const value = (line: number, column: number) => data[(line + column) * channels + c]!;
          const top = mix(value(above, x.first), value(above, x.second), x.share);
          const bottom = mix(value(below, x.first), value(below, x.second), x.share);
          output[to++] = mix(top, bottom, y.share);
        }
    }
  return output;
}

function neighbours(from: number, to: number, pixels: ResizeBilinear['pixels']): Between[] {
  return Array.from({ length: to }, (_, index) => {
    const place = Math.min(from - 1, Math.max(0, placeOf(index, from, to, pixels)));
    const first = Math.floor(place);
    return { first, second: Math.min(from - 1, first + 1), share: place - first };
  });
}

function placeOf(index: number, from: number, to: number, pixels: ResizeBilinear['pixels']): number {
  switch (pixels) {
    case 'half-pixel':
      return ((index + 0.5) * from) / to - 0.5;
    case 'asymmetric':
      return (index * from) / to;
    case 'align-corners':
      return to === 1 ? 0 : (index * (from - 1)) / (to - 1);
  }
}

function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}
