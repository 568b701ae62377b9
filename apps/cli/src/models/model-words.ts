import type { z } from 'zod';

import type { checkSchema, networkSchema } from './network.js';

type Network = z.infer<typeof networkSchema>;

/** Such as `keras-hdf5, 23 layers, input 40 x 433 x 1, output 4`. */
export function networkWords({ format, layers, inputs, outputs }: Network): string {
  const shapes = (name: string, tensors: Network['inputs']) =>
    `${name}${tensors.length === 1 ? '' : 's'} ${tensors.map(({ shape }) => shape.join(' x ') || '1').join(', ')}`;
  return `${format}, ${layers} layers, ${shapes('input', inputs)}, ${shapes('output', outputs)}`;
}

/** How the conversion was checked, and how closely it agreed. Nothing is converted where a bundle has an ONNX file. */
export function checkWords({ reference, largestDifference }: z.infer<typeof checkSchema>): string {
  if (reference === 'none') return 'served as it came; the same alone as in a group';
  return `agrees with ${reference} within ${largestDifference.toPrecision(2)}`;
}

/** Such as `10.2 MB`: of 1,000,000 bytes. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
