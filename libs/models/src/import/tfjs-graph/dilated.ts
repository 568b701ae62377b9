import type { Call } from './call.js';
import type { Flow, NodeValue } from './graph-value.js';
import type { Format } from './images.js';

/** The first of three operations that are a dilated convolution: see {@link Spread}. */
export function spaceToBatch(call: Call): NodeValue {
  const image = call.flow(0, 4);
  const block = blockOf(call);
  const margins = pairsOf(call, 2);
  const fits = block.every(
    (size, axis) => (image.value.shape[axis]! + margins[axis]![0] + margins[axis]![1]) % size === 0,
  );
  return fits
    ? { kind: 'spread', flow: image, block, margins }
    : call.refuse('its block_shape does not divide its input');
}

/** The second, if a convolution has been given what the first gives. */
export function dilated(
  call: Call,
  convolve: (call: Call, image: Flow, format: Format) => Flow,
): NodeValue | undefined {
  const spread = call.spread();
  if (!spread) return undefined;
  const format = call.attributes.text('data_format', ['NHWC'], 'NHWC');
  call.attributes.ignore('explicit_paddings');
  return { ...spread, flow: convolve(call, spread.flow, format), margins: undefined };
}

/** The third: what is left is to cut off what is too much. */
export function batchToSpace(call: Call): NodeValue {
  const { flow, block, margins } = call.spread() ?? call.refuse('it must follow SpaceToBatchND and a convolution');
  if (margins !== undefined) call.refuse('between it and SpaceToBatchND there must be a convolution');
  if (blockOf(call).some((size, axis) => size !== block[axis]))
    call.refuse('its block_shape is not that of SpaceToBatchND');
  const crops = pairsOf(call, 2);
  const axes = flow.value.shape.map((size, axis) => ({
    start: crops[axis]?.[0] ?? 0,
    end: size - (crops[axis]?.[1] ?? 0),
    step: 1,
  }));
  return crops.flat().every((crop) => crop === 0) ? flow : call.add({ kind: 'slice', axes }, flow);
}

function blockOf(call: Call): number[] {
  const block = call.integers(1);
  return block.length === 2 && block.every((size) => size >= 1)
    ? block
    : call.refuse('its block_shape must be two sizes');
}

function pairsOf(call: Call, index: number): [number, number][] {
  const values = call.integers(index);
  if (values.length !== 4 || values.some((value) => value < 0))
    call.refuse('two numbers are needed for each axis of the image');
  return [
    [values[0]!, values[1]!],
    [values[2]!, values[3]!],
  ];
}
