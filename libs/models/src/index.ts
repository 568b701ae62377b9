export type { BundleStore } from './bundle-store.js';
export { InputError, ModelError } from './errors.js';
export { featureShape, toNetworkInput } from './input/network-input.js';
export { readSamples } from './input/read-samples.js';
export { loadModel, type EngineName } from './load-model.js';
export type { LoadedModel, Prediction, PreparedInput, Segment, TimedPrediction } from './loaded-model.js';
export { registerBundle } from './register-bundle.js';
