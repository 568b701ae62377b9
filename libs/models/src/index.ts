export { unpackBundle } from './archive/unpack-bundle.js';
export type { BundleStore } from './bundle-store.js';
export { InputError, ModelError } from './errors.js';
export { toNetworkInput } from './input/audio/network-input.js';
export { readSamples } from './input/audio/read-samples.js';
export { featureShape } from './input/feature-shape.js';
export { loadModel, type EngineName } from './load-model.js';
export type { LoadedModel, Prediction, PreparedInput, Segment, TimedPrediction } from './loaded-model.js';
export { registerBundle } from './register-bundle.js';
