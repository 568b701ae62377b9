import type { Plane } from '../src/pixels.js';

/** A light stroke on dark from one point to another, in columns and rows. */
export function stroke(
  { width, height, radius = 2 }: { width: number; height: number; radius?: number },
  [fromX, fromY]: readonly [number, number],
  [toX, toY]: readonly [number, number],
): Plane {
  const values = new Float32Array(width * height);
  const [dx, dy] = [toX - fromX, toY - fromY];
  values.forEach((_none, at) => {
    const [x, y] = [(at % width) - fromX, Math.floor(at / width) - fromY];
    const along = Math.min(1, Math.max(0, (x * dx + y * dy) / (dx * dx + dy * dy || 1)));
    const distance = Math.hypot(x - along * dx, y - along * dy);
    values[at] = Math.min(1, Math.max(0, radius + 0.5 - distance));
  });
  return { width, height, values };
}
