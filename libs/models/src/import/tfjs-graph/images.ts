import type { Margins } from '../../network/operations.js';
import { sameMargins } from '../same-margins.js';
import type { Call } from './call.js';
import type { Flow } from './graph-value.js';

const formats = ['NHWC', 'NCHW'] as const;
export type Format = (typeof formats)[number];

/** Runs `operate` on an image with channels last, whatever the layout that the node is given and gives. */
export function withImage(call: Call, operate: (image: Flow, format: Format) => Flow): Flow {
  const format = call.attributes.text('data_format', formats, 'NHWC');
  const image = call.flow(0, 4);
  if (format === 'NHWC') return operate(image, format);
  return call.transpose(operate(call.transpose(image, [1, 2, 0]), format), [2, 0, 1]);
}

/** A number for each axis of the image, of an attribute that has one for the batch and the channels too: 1. */
export function spatial(call: Call, name: string, format: Format, absent?: readonly number[]): readonly number[] {
  const values = call.attributes.integers(name, absent);
  const [height, width, channels] = format === 'NHWC' ? [1, 2, 3] : [2, 3, 1];
  const chosen = [values[height], values[width]];
  const fits = values.length === 4 && values[0] === 1 && values[channels] === 1 && chosen.every((value) => value! >= 1);
  return fits
    ? (chosen as number[])
    : call.refuse(
        `${name} = ${JSON.stringify(values)} is not supported, it must be at least 1 on the axes of the image and 1 on the others`,
      );
}

interface Windows {
  spans: readonly number[];
  strides: readonly number[];
  format: Format;
}

/** What lies around the image. */
export function marginsOf(call: Call, sizes: readonly number[], { spans, strides, format }: Windows): Margins {
  const padding = call.attributes.text('padding', ['SAME', 'VALID', 'EXPLICIT']);
  const explicit = call.attributes.integers('explicit_paddings', []);
  if (padding === 'EXPLICIT') return explicitMargins(call, explicit, format);
  return spans.map((span, axis) => (padding === 'SAME' ? sameMargins(sizes[axis]!, span, strides[axis]!) : [0, 0]));
}

function explicitMargins(call: Call, values: readonly number[], format: Format): Margins {
  const pairs = [0, 2, 4, 6].map((at) => [values[at] ?? -1, values[at + 1] ?? -1] as const);
  const [height, width, channels] = format === 'NHWC' ? [1, 2, 3] : [2, 3, 1];
  const none = [pairs[0]!, pairs[channels]!].every(([before, after]) => before === 0 && after === 0);
  if (none && pairs.flat().every((value) => value >= 0)) return [pairs[height]!, pairs[width]!];
  call.refuse(`explicit_paddings = ${JSON.stringify(values)} is not supported`);
}
