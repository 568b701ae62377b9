/**
 * A shape whose free axes have got the sizes that the card makes. Axes of size 1 count for neither: a card makes
 * 40 x 433, and the network takes 40 x 433 x 1.
 *
 * @param axes null where the file leaves an axis free; without the batch axis
 * @param made the shape of one input as the card makes it
 * @returns undefined if an axis stays free
 */
export function fillFreeAxes(
  axes: readonly (number | null)[],
  made: readonly number[] | undefined,
): readonly number[] | undefined {
  if (axes.every((size) => size !== null)) return axes;
  if (made === undefined) return undefined;
  if (axes.length === made.length) return axes.map((size, axis) => size ?? made[axis]!);
  const sizes = made.filter((size) => size !== 1);
  if (axes.filter((size) => size !== 1).length !== sizes.length) return undefined;
  const left = sizes.values();
  return axes.map((size) => {
    if (size === 1) return 1;
    const { value } = left.next();
    return size ?? value!;
  });
}
