import { z } from 'zod';

import { layerKind, requireRank, type LayerKind } from '../layer.js';
import { common, dataFormat, sizes } from '../options.js';
import { withChannelsLast } from '../spatial.js';

/** Layers that enlarge. */
export const upSamplings: Record<string, LayerKind> = {
  UpSampling1D: layerKind(z.strictObject({ ...common, size: sizes(1).prefault(2) }), {
    apply: (call) => {
      requireRank(call, 2);
      return call.add({ kind: 'repeat', times: [...call.options.size, 1] }, call.input);
    },
  }),
  UpSampling2D: layerKind(
    z.strictObject({
      ...common,
      size: sizes(2).prefault(2),
      data_format: dataFormat,
      interpolation: z.enum(['nearest', 'bilinear']).default('nearest'),
    }),
    {
      apply: (call) => {
        const { size: times, data_format, interpolation } = call.options;
        requireRank(call, 3);
        return withChannelsLast(call, data_format, call.input, (value) => {
          if (interpolation === 'nearest') return call.add({ kind: 'repeat', times: [...times, 1] }, value);
          const { pixels } = call.file;
          if (pixels === undefined)
            throw call.refuse(
              'interpolation = "bilinear" is not supported in such a file: what wrote it has the pixels elsewhere than ' +
                'Keras today; save it with Keras 3, or export the model as ONNX',
            );
          const target = [value.shape[0]! * times[0]!, value.shape[1]! * times[1]!] as const;
          return call.add({ kind: 'resize-bilinear', size: target, pixels }, value);
        });
      },
    },
  ),
  UpSampling3D: layerKind(z.strictObject({ ...common, size: sizes(3).prefault(2), data_format: dataFormat }), {
    apply: (call) => {
      const { size: times, data_format } = call.options;
      requireRank(call, 4);
      return call.add(
        { kind: 'repeat', times: times.toSpliced(data_format === 'channels_first' ? 0 : 3, 0, 1) },
        call.input,
      );
    },
  }),
};
