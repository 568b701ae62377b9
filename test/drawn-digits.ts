import sharp from 'sharp';

type Point = readonly [x: number, y: number];

/** Pen strokes of each digit, in a square of side 1. */
const strokes: Record<string, readonly (readonly Point[])[]> = {
  0: [[[0.5, 0.1], [0.3, 0.25], [0.25, 0.5], [0.32, 0.78], [0.5, 0.9], [0.68, 0.78], [0.75, 0.5], [0.7, 0.25], [0.5, 0.1]]], // prettier-ignore
  1: [[[0.55, 0.1], [0.45, 0.9]]], // prettier-ignore
  2: [[[0.25, 0.25], [0.4, 0.1], [0.65, 0.12], [0.72, 0.3], [0.6, 0.5], [0.25, 0.88], [0.75, 0.88]]], // prettier-ignore
  3: [[[0.25, 0.15], [0.6, 0.1], [0.7, 0.28], [0.45, 0.47], [0.7, 0.62], [0.65, 0.85], [0.25, 0.88]]], // prettier-ignore
  4: [[[0.35, 0.1], [0.28, 0.5], [0.75, 0.5]], [[0.68, 0.1], [0.62, 0.92]]], // prettier-ignore
  5: [[[0.72, 0.1], [0.35, 0.1], [0.3, 0.45], [0.6, 0.42], [0.72, 0.65], [0.55, 0.88], [0.25, 0.85]]], // prettier-ignore
  6: [[[0.62, 0.1], [0.4, 0.3], [0.28, 0.6], [0.35, 0.82], [0.55, 0.9], [0.7, 0.75], [0.62, 0.58], [0.42, 0.58], [0.3, 0.68]]], // prettier-ignore
  7: [[[0.25, 0.12], [0.75, 0.12], [0.45, 0.9]]], // prettier-ignore
  8: [[[0.65, 0.2], [0.5, 0.1], [0.34, 0.22], [0.42, 0.4], [0.6, 0.55], [0.68, 0.75], [0.5, 0.9], [0.32, 0.76], [0.4, 0.56], [0.6, 0.4], [0.65, 0.2]]], // prettier-ignore
  9: [[[0.68, 0.3], [0.5, 0.12], [0.32, 0.25], [0.38, 0.45], [0.58, 0.46], [0.68, 0.3], [0.66, 0.6], [0.55, 0.92]]], // prettier-ignore
};
/** The digits from 0 to 9. */
export const drawnDigits = Object.keys(strokes);

const [width, height] = [240, 320];
/** Where the square lies on the paper, and how thick the pen is, in pixels. */
const [left, top, side, pen] = [60, 100, 112, 5.5];

/** A photograph of a digit on paper as JPEG: light from the left, half of it lost on the way to the right, and noise. */
export async function photographDigit(digit: string): Promise<Uint8Array<ArrayBuffer>> {
  const lines = strokes[digit]!.flatMap((points) =>
    points.slice(1).map((to, i) => [onPaper(points[i]!), onPaper(to)] as const),
  );
  const noise = newNoise();
  const grey = Buffer.alloc(width * height);
  for (let at = 0; at < grey.length; at++) {
    const point: Point = [at % width, Math.floor(at / width)];
    const distance = Math.min(...lines.map(([from, to]) => distanceFrom(point, from, to)));
    const ink = Math.min(1, Math.max(0, pen + 0.5 - distance));
    const light = 0.9 - (0.5 * point[0]) / width;
    grey[at] = Math.round(255 * (light * (1 - 0.75 * ink) + 0.04 * noise()));
  }
  return new Uint8Array(
    await sharp(grey, { raw: { width, height, channels: 1 } })
      .jpeg()
      .toBuffer(),
  );
}

function onPaper([x, y]: Point): Point {
  return [left + x * side, top + y * side];
}

/** The distance of a point from a line that ends at two others. */
function distanceFrom([x, y]: Point, [fromX, fromY]: Point, [toX, toY]: Point): number {
  const [dx, dy] = [toX - fromX, toY - fromY];
  const along = Math.min(1, Math.max(0, ((x - fromX) * dx + (y - fromY) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - fromX - along * dx, y - fromY - along * dy);
}

/** The same numbers from -0.5 to 0.5 every time. */
function newNoise(): () => number {
  let state = 1;
  return () => {
    // Numerical Recipes' linear congruential generator.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
}
