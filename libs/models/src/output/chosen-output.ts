import { refusal } from '../errors.js';
import type { Value } from '../network/graph.js';

/**
 * Which of a network's outputs a card reads.
 *
 * @param from the card's `output.from`
 * @returns its place among the outputs, and its shape
 * @throws ModelError if there are several and none is named, or none has that name
 */
export function chosenOutput(
  from: string | undefined,
  outputs: readonly Value[],
): { index: number; shape: readonly number[] } {
  const names = outputs.map(({ name }) => name).join(', ');
  if (from === undefined && outputs.length !== 1)
    throw refusal(`the network has ${outputs.length} outputs: output.from in the card must name one of ${names}`);
  const index = from === undefined ? 0 : outputs.findIndex(({ name }) => name === from);
  const output = outputs[index];
  if (!output) throw refusal(`the network has no output ${from}, which output.from in the card names; it has ${names}`);
  return { index, shape: output.shape };
}
