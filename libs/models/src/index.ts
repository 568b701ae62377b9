export type { BundleStore } from './bundle-store.js';
export { InputError, ModelError } from './errors.js';
export type { LoadedModel, Prediction, PreparedInput, Segment } from './loaded-model.js';
