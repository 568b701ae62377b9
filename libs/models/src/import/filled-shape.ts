import { refusal } from '../errors.js';
import type { ImportHints } from './imported-model.js';

/**
 * The shape of an input, its free axes filled by what the card makes. Axes of size 1, such as a single channel, may be
 * in one of the two alone.
 *
 * @param what for the message: whose shape it is
 * @param sizes without the batch axis; undefined where any size is taken
 * @throws ModelError if an axis is free and nothing says how long it is
 */
export function filledShape(
  what: string,
  sizes: readonly (number | undefined)[],
  { inputShape }: ImportHints,
): readonly number[] {
  if (sizes.every((size) => size !== undefined)) {
    if (sizes.every((size) => Number.isInteger(size) && size > 0)) return sizes;
    throw refusal(`${what} has ${sizes.join(' x ')} values`);
  }
  const text = sizes.map((size) => size ?? 'any').join(' x ');
  if (inputShape === undefined) throw refusal(`${what} takes ${text}, and nothing says how long its free axes are`);
  const fixed = inputShape.length === sizes.length ? [...inputShape] : inputShape.filter((size) => size !== 1);
  const places = inputShape.length === sizes.length ? sizes : sizes.filter((size) => size !== 1);
  if (fixed.length !== places.length)
    throw refusal(`${what} takes ${text}, and the card makes ${inputShape.join(' x ')}`);
  const filled = sizes.map((size) => {
    if (size === 1 && places !== sizes) return 1;
    const made = fixed.shift()!;
    if (size !== undefined && size !== made)
      throw refusal(`${what} takes ${text}, and the card makes ${inputShape.join(' x ')}`);
    return made;
  });
  return filled;
}
