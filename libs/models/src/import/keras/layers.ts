import type { LayerKind } from './layer.js';
import { activationLayers } from './layers/activation.js';
import { augmentations } from './layers/augmentation.js';
import { batchNormalizations } from './layers/batch-normalization.js';
import { convolutions } from './layers/convolution.js';
import { coreLayers } from './layers/core.js';
import { sequenceLayers } from './layers/embedding.js';
import { mergingLayers } from './layers/merging.js';
import { normalizations } from './layers/normalization.js';
import { ownStatistics } from './layers/own-statistics.js';
import { poolings } from './layers/pooling.js';
import { recurrentLayers } from './layers/recurrent.js';
import { shapingLayers } from './layers/shaping.js';
import { transposedConvolutions } from './layers/transposed.js';
import { upSamplings } from './layers/up-sampling.js';
import { wrappers } from './layers/wrappers.js';

/** The supported layers by their Keras class. */
export const layerKinds: ReadonlyMap<string, LayerKind> = new Map(
  [
    coreLayers,
    convolutions,
    transposedConvolutions,
    poolings,
    normalizations,
    ownStatistics,
    batchNormalizations,
    activationLayers,
    shapingLayers,
    upSamplings,
    mergingLayers,
    sequenceLayers,
    recurrentLayers,
    wrappers,
    augmentations,
  ].flatMap(Object.entries<LayerKind>),
);

/** The Keras classes of the supported layers. */
export const supportedLayers: readonly string[] = [...layerKinds.keys()];
