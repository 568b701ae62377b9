/**
 * What TensorFlow's padding `same` adds before and after an axis: as many windows as strides fit in, the odd zero after.
 *
 * @param span of a window, from its first sample to its last
 */
export function sameMargins(size: number, span: number, stride: number): [before: number, after: number] {
  const all = Math.max((Math.ceil(size / stride) - 1) * stride + span - size, 0);
  return [Math.floor(all / 2), Math.ceil(all / 2)];
}
