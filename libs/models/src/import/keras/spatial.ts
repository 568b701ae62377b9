import type { Value } from '../../network/graph.js';
import { windowSpan } from '../../network/output-shape.js';
import { sameMargins } from '../same-margins.js';
import type { LayerCall } from './layer.js';

export type DataFormat = 'channels_last' | 'channels_first';

/** Applies what wants channels last to a value that may have them first, and gives back the layout it had. */
export function withChannelsLast(
  { add }: Pick<LayerCall<unknown>, 'add'>,
  format: DataFormat,
  value: Value,
  apply: (value: Value) => Value,
): Value {
  if (format === 'channels_last') return apply(value);
  return channelsFirst({ add }, apply(channelsLast({ add }, value)));
}

/** [channels, ...spatial] to [...spatial, channels] */
export function channelsLast({ add }: Pick<LayerCall<unknown>, 'add'>, value: Value): Value {
  const spatial = value.shape.slice(1).map((_, axis) => axis + 1);
  return add({ kind: 'transpose', order: [...spatial, 0] }, value);
}

function channelsFirst({ add }: Pick<LayerCall<unknown>, 'add'>, value: Value): Value {
  const spatial = value.shape.slice(1).map((_, axis) => axis);
  return add({ kind: 'transpose', order: [spatial.length, ...spatial] }, value);
}

/** What surrounds the data: nothing, zeros so that the stride alone decides the size, or zeros before it only. */
export type Padding = 'valid' | 'same' | 'causal';

/** How much a window adds around each spatial axis. */
export function paddingMargins(
  { file, refuse }: Pick<LayerCall<unknown>, 'file' | 'refuse'>,
  padding: Padding,
  spatial: readonly number[],
  { window, strides, dilations }: Record<'window' | 'strides' | 'dilations', readonly number[]>,
): [number, number][] {
  if (
    padding === 'same' &&
    file.backend !== 'other' &&
    (window.some((size) => size % 2 === 0) || strides.some((stride) => stride > 1))
  )
    throw refuse(
      'padding = "same" of even windows, or of strides above 1, is another one with Theano; it is not supported',
    );
  return spatial.map((size, axis) => {
    const [stride, span] = [strides[axis]!, windowSpan(window[axis]!, dilations[axis]!)];
    if (padding === 'valid') return [0, 0];
    if (padding === 'causal') return [span - 1, 0];
    return sameMargins(size, span, stride);
  });
}
