import type { Value } from '../../network/graph.js';
import type { LayerCall } from './layer.js';

/**
 * Vectors along `axes` divided by their length.
 *
 * @param leastSquare squares that add up to less count as this much
 */
export function unitLength(
  { add }: LayerCall<unknown>,
  value: Value,
  axes: readonly number[],
  leastSquare: number,
): Value {
  const squares = add({ kind: 'activate', function: 'square' }, value);
  const sum = add({ kind: 'reduce', reduce: 'sum', axes, keepAxes: true }, squares);
  const least = add({ kind: 'activate', function: 'clip', least: leastSquare, most: Infinity }, sum);
  const length = add({ kind: 'activate', function: 'square-root' }, least);
  return add({ kind: 'arithmetic', operator: 'divide' }, value, length);
}
