import type { LayerKind } from './layer.js';
import { activationLayers } from './layers/activation.js';
import { convolutions } from './layers/convolution.js';
import { coreLayers } from './layers/core.js';
import { mergingLayers } from './layers/merging.js';
import { normalizations } from './layers/normalization.js';
import { poolings } from './layers/pooling.js';
import { shapingLayers } from './layers/shaping.js';

/** The supported layers by their Keras class. */
export const layerKinds: ReadonlyMap<string, LayerKind> = new Map(
  [coreLayers, convolutions, poolings, normalizations, activationLayers, shapingLayers, mergingLayers].flatMap(
    Object.entries<LayerKind>,
  ),
);

/** The Keras classes of the supported layers. */
export const supportedLayers: readonly string[] = [...layerKinds.keys()];
