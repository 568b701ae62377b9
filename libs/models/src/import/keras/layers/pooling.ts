import { z } from 'zod';

import type { Pool, Reduce } from '../../../network/operations.js';
import { layerKind, requireRank, type LayerKind } from '../layer.js';
import { common, dataFormat, flag, sizes, type SpatialRank } from '../options.js';
import { paddingMargins, withChannelsLast } from '../spatial.js';

const options = (rank: SpatialRank) =>
  z.strictObject({
    ...common,
    pool_size: sizes(rank).prefault(2),
    strides: sizes(rank).nullish(),
    padding: z.enum(['valid', 'same']).default('valid'),
    data_format: dataFormat,
  });

function pooling(rank: SpatialRank, reduce: Pool['reduce']): LayerKind {
  return layerKind(options(rank), {
    apply: (call) => {
      const { pool_size: size, strides: given, padding, data_format } = call.options;
      requireRank(call, rank + 1);
      return withChannelsLast(call, data_format, call.input, (value) => {
        const [strides, dilations] = [given ?? size, size.map(() => 1)];
        const margins = paddingMargins(call, padding, value.shape.slice(0, -1), { window: size, strides, dilations });
        return call.add({ kind: 'pool', reduce, size, strides, margins }, value);
      });
    },
  });
}

function globalPooling(rank: SpatialRank, reduce: Reduce['reduce']): LayerKind {
  return layerKind(z.strictObject({ ...common, data_format: dataFormat, keepdims: flag(false) }), {
    // The mean over steps leaves masked ones out.
    mask: rank === 1 && reduce === 'mean' ? 'matters' : 'stops',
    apply: (call) => {
      const { data_format, keepdims: keepAxes } = call.options;
      requireRank(call, rank + 1);
      const first = data_format === 'channels_first' ? 1 : 0;
      const axes = Array.from({ length: rank }, (_, i) => i + first);
      return call.add({ kind: 'reduce', reduce, axes, keepAxes }, call.input);
    },
  });
}

/** Layers that make one value of several. */
export const poolings: Record<string, LayerKind> = {
  MaxPooling1D: pooling(1, 'max'),
  MaxPooling2D: pooling(2, 'max'),
  MaxPooling3D: pooling(3, 'max'),
  AveragePooling1D: pooling(1, 'average'),
  AveragePooling2D: pooling(2, 'average'),
  AveragePooling3D: pooling(3, 'average'),
  GlobalMaxPooling1D: globalPooling(1, 'max'),
  GlobalMaxPooling2D: globalPooling(2, 'max'),
  GlobalMaxPooling3D: globalPooling(3, 'max'),
  GlobalAveragePooling1D: globalPooling(1, 'mean'),
  GlobalAveragePooling2D: globalPooling(2, 'mean'),
  GlobalAveragePooling3D: globalPooling(3, 'mean'),
};
