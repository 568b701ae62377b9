import type { EngineName } from '../engine-names.js';
import { refusal } from '../errors.js';
import type { Network } from '../network/graph.js';
import type { Engine } from './engine.js';
import { onnxRuntimeName, openOnnxRuntime } from './onnxruntime.js';
import { requireOnnxDevice } from './onnxruntime-device.js';
import type { OnnxDevice } from './onnxruntime-session.js';
import { loadTfjs, type Tf } from './load-tfjs.js';
import { openTfjs } from './tfjs/open-tfjs.js';
import { loadTfjsNode, tfjsNodeName } from './load-tfjs-node.js';
import { tfjsWasmName } from './tfjs-wasm.js';

/** A registered network, in each form that an engine may ask for. */
export interface ServedNetwork {
  /** One per input, in its order, without the batch axis. */
  inputShapes: readonly (readonly number[])[];
  onnx: () => Promise<Uint8Array>;
  /** @throws ModelError if it came as an ONNX file, which has no other form */
  network: () => Promise<Network>;
}

interface EngineKind {
  /** Loads its library and finds its device; resolves with the name of both. */
  start: () => Promise<string>;
  open: (served: ServedNetwork) => Promise<Engine>;
}

const engines: Record<EngineName, EngineKind> = {
  onnxruntime: onnxRuntimeOn('cpu'),
  'onnxruntime-webgpu': onnxRuntimeOn('webgpu'),
  'onnxruntime-cuda': onnxRuntimeOn('cuda'),
  'tfjs-wasm': tfjsOn(loadTfjs, tfjsWasmName),
  'tfjs-node': tfjsOn(() => Promise.resolve(loadTfjsNode()), tfjsNodeName),
};

function onnxRuntimeOn(device: OnnxDevice): EngineKind {
  return {
    start: async () => {
      await requireOnnxDevice(device);
      return `${onnxRuntimeName} ${device}`;
    },
    open: async ({ onnx, inputShapes }) => openOnnxRuntime(await onnx(), inputShapes, device),
  };
}

/** It computes from the imported network; a backend lacks some operations, and says so when it is to run them. */
function tfjsOn(load: () => Promise<Tf>, nameOf: (tf: Tf) => string): EngineKind {
  return {
    start: async () => nameOf(await load()),
    open: async ({ network }) => {
      const tf = await load();
      const engine = openTfjs(tf, await network(), nameOf(tf));
      const refuse = (cause: unknown): never => {
        throw refusal(`${engine.name} does not serve the network: ${String(cause)}`, cause);
      };
      return { ...engine, warmUp: () => engine.warmUp().catch(refuse) };
    },
  };
}

/**
 * Makes sure that an engine can compute on this machine.
 *
 * @returns its name with version and device
 * @throws EngineUnavailableError that says what is missing and what to do
 */
export function startEngine(name: EngineName): Promise<string> {
  return engines[name].start();
}

/**
 * Opens a network in an engine and warms it up.
 *
 * @throws ModelError if the engine does not take it
 * @throws EngineUnavailableError if the engine cannot compute on this machine
 */
export async function openEngine(name: EngineName, served: ServedNetwork): Promise<Engine> {
  const engine = await engines[name].open(served);
  try {
    await engine.warmUp();
    return engine;
  } catch (error) {
    await engine.dispose();
    throw error;
  }
}
