import type { Network } from '../network/graph.js';
import type { Engine } from './engine.js';
import { loadTfjs, type Tf } from './load-tfjs.js';
import { openTfjs } from './tfjs/open-tfjs.js';

/**
 * Opens a network in TensorFlow.js on WebAssembly. It computes from the imported network and not from the ONNX file, so
 * that it is a second opinion on the conversion.
 */
export async function openTfjsWasm(network: Network): Promise<Engine> {
  const tf = await loadTfjs();
  return openTfjs(tf, network, tfjsWasmName(tf));
}

/** The engine with its version and device. */
export function tfjsWasmName(tf: Tf): string {
  return `tfjs ${tf.version_core} wasm`;
}
