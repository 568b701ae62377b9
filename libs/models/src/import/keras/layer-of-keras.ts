import { z } from 'zod';

import { refusal } from '../../errors.js';
import type { LayerConfig } from './layer-config.js';

/** A layer in a file: its class and, in files since Keras 2.12, whose class that is. */
export const layerSchema = z.object({
  class_name: z.string(),
  module: z.string().nullish(),
  registered_name: z.string().nullish(),
  config: z.looseObject({ name: z.string() }),
});

const modulesOfKeras = /^((tf_)?keras|tensorflow(\.python)?\.keras)(\.|$)/;

/**
 * A layer as its file describes it.
 *
 * @throws ModelError if its class is not one of Keras: it may have the name of a layer of Keras and do something else.
 *   Of a class in a notebook the file has no module, and a registered name, which layers of Keras have not
 */
export function layerOfKeras(layer: z.infer<typeof layerSchema>): LayerConfig {
  const { class_name: className, module, registered_name: registered, config } = layer;
  const isOfKeras = module == null ? registered == null : modulesOfKeras.test(module);
  if (isOfKeras) return { className, name: config.name, config };
  throw refusal(
    `layer ${config.name} is of class ${registered ?? className} of ${module ?? 'your own'}, whose code is not in the ` +
      'file; layers of Keras itself are supported',
  );
}
