import type { Plane } from '../pixels.js';

/**
 * A plane of zeros and ones without its small connected parts. Pixels are connected along edges and corners.
 *
 * @param smallest parts with less than this share of the pixels of the largest part are removed
 */
export function withoutSpecks(plane: Plane, smallest: number): Plane {
  const { parts, sizes } = connectedParts(plane);
  const least = smallest * sizes.reduce((most, size) => Math.max(most, size), 0);
  const values = plane.values.map((value, at) => (value > 0 && sizes[parts[at]!]! >= least ? value : 0));
  return { ...plane, values };
}

/** The number of the part that each pixel belongs to, 0 for none, and the pixels of each part. */
function connectedParts({ width, height, values }: Plane): { parts: Int32Array; sizes: number[] } {
  const parts = new Int32Array(values.length);
  const sizes = [0];
  const found = new Int32Array(values.length);
  for (let start = 0; start < values.length; start++) {
    if (values[start] === 0 || parts[start] !== 0) continue;
    const part = sizes.length;
    let count = 1;
    found[0] = start;
    parts[start] = part;
    for (let next = 0; next < count; next++) {
      const at = found[next]!;
      const x = at % width;
      const y = (at - x) / width;
      for (let j = Math.max(0, y - 1); j <= Math.min(height - 1, y + 1); j++)
        for (let i = Math.max(0, x - 1); i <= Math.min(width - 1, x + 1); i++) {
          const neighbour = j * width + i;
          if (values[neighbour] === 0 || parts[neighbour] !== 0) continue;
          parts[neighbour] = part;
          found[count++] = neighbour;
        }
    }
    sizes.push(count);
  }
  return { parts, sizes };
}
