/** The engines that a model can be loaded into; docs/architecture/07-models.md says what each needs. */
export const engineNames = ['onnxruntime', 'onnxruntime-webgpu', 'onnxruntime-cuda', 'tfjs-wasm', 'tfjs-node'] as const;

export type EngineName = (typeof engineNames)[number];
