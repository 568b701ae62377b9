/** The orders that move one axis to the end and back; none where it is there already. */
export function transposeOrder(rank: number, axis: number): { order?: number[]; back?: number[] } {
  if (axis === rank - 1) return {};
  const others = Array.from({ length: rank }, (_, i) => i).filter((i) => i !== axis);
  const order = [...others, axis];
  return { order, back: order.map((_, i) => order.indexOf(i)) };
}
