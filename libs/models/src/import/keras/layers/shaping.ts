import { z } from 'zod';

import { shapeText, valueCount } from '../../../network/tensor.js';
import { axisOf, layerKind, requireRank, type LayerKind } from '../layer.js';
import { common, dataFormat, margins, size, type SpatialRank } from '../options.js';
import { channelsLast } from '../spatial.js';

function zeroPadding(rank: SpatialRank): LayerKind {
  return layerKind(z.strictObject({ ...common, padding: margins(rank).prefault(1), data_format: dataFormat }), {
    apply: (call) => {
      const { padding, data_format } = call.options;
      requireRank(call, rank + 1);
      const around = padding.toSpliced(data_format === 'channels_first' ? 0 : rank, 0, [0, 0]);
      return call.add({ kind: 'pad', margins: around, mode: 'constant', value: 0 }, call.input);
    },
  });
}

function cropping(rank: SpatialRank): LayerKind {
  const schema = z.strictObject({
    ...common,
    cropping: margins(rank).prefault(rank === 2 ? 0 : 1),
    data_format: dataFormat,
  });
  return layerKind(schema, {
    apply: (call) => {
      const { cropping: cuts, data_format } = call.options;
      requireRank(call, rank + 1);
      const around = cuts.toSpliced(data_format === 'channels_first' ? 0 : rank, 0, [0, 0]);
      const axes = call.input.shape.map((length, i) => ({
        start: around[i]![0],
        end: length - around[i]![1],
        step: 1,
      }));
      return call.add({ kind: 'slice', axes }, call.input);
    },
  });
}

/** Layers that move, repeat, add or leave out values and compute nothing. */
export const shapingLayers: Record<string, LayerKind> = {
  Flatten: layerKind(z.strictObject({ ...common, data_format: dataFormat }), {
    apply: (call) => {
      const { input, add, options } = call;
      const moved =
        options.data_format === 'channels_first' && input.shape.length > 1 ? channelsLast(call, input) : input;
      return add({ kind: 'reshape', shape: [valueCount(input.shape)] }, moved);
    },
  }),
  Reshape: layerKind(
    z.strictObject({
      ...common,
      target_shape: z
        .array(
          z
            .int()
            .min(-1)
            .max(2 ** 24),
        )
        .max(8),
    }),
    {
      apply: ({ input, add, refuse, options: { target_shape: target } }) => {
        // One size may be -1: whatever is left.
        const known = valueCount(target.filter((length) => length !== -1));
        const shape = target.map((length) => (length === -1 ? valueCount(input.shape) / known : length));
        if (
          shape.every((length) => Number.isInteger(length) && length > 0) &&
          valueCount(shape) === valueCount(input.shape)
        )
          return add({ kind: 'reshape', shape }, input);
        throw refuse(`${shapeText(input.shape)} cannot become target_shape ${shapeText(target)}`);
      },
    },
  ),
  Permute: layerKind(z.strictObject({ ...common, dims: z.array(z.int().min(1).max(8)).min(1) }), {
    apply: (call) => {
      const order = call.options.dims.map((dim) => axisOf(call, dim));
      if (new Set(order).size !== call.input.shape.length || order.length !== call.input.shape.length)
        throw call.refuse(`dims = ${JSON.stringify(call.options.dims)} does not name each axis once`);
      return call.add({ kind: 'transpose', order }, call.input);
    },
  }),
  RepeatVector: layerKind(z.strictObject({ ...common, n: size }), {
    apply: (call) => {
      requireRank(call, 1);
      const one = call.add({ kind: 'reshape', shape: [1, ...call.input.shape] }, call.input);
      return call.add({ kind: 'repeat', times: [call.options.n, 1] }, one);
    },
  }),
  ZeroPadding1D: zeroPadding(1),
  ZeroPadding2D: zeroPadding(2),
  ZeroPadding3D: zeroPadding(3),
  Cropping1D: cropping(1),
  Cropping2D: cropping(2),
  Cropping3D: cropping(3),
  CenterCrop: layerKind(z.strictObject({ ...common, height: size, width: size, data_format: dataFormat }), {
    apply: (call) => {
      const { height, width, data_format } = call.options;
      requireRank(call, 3);
      const first = data_format === 'channels_first' ? 1 : 0;
      const axes = call.input.shape.map((length, i) => {
        const kept = [height, width][i - first] ?? length;
        // Keras would enlarge the image first.
        if (kept > length)
          throw call.refuse(`its input is ${shapeText(call.input.shape)}, smaller than what it crops to`);
        const start = Math.floor((length - kept) / 2);
        return { start, end: start + kept, step: 1 };
      });
      return call.add({ kind: 'slice', axes }, call.input);
    },
  }),
};
