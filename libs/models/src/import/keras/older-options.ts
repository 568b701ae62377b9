import type { LayerConfig } from './layer-config.js';

/** The options under the names of Keras 2 and 3. */
export function modernOptions({ config }: LayerConfig): Readonly<Record<string, unknown>> {
  return config;
}
