import { kernelsBase64 } from './kernels.generated.js';
import type { ResampleKernels } from './resample-kernels.js';
import type { SampleKernels } from './sample-kernels.js';
import type { SpectrumKernels } from './spectrum-kernels.js';

declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Memory: new (limits: { initial: number }) => { readonly buffer: ArrayBuffer };
  Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

/**
 * The functions compiled from libs/dsp/kernels, over a memory of their own. An argument named `...At` is an offset into
 * it in bytes; nothing checks it. What they compute is said by the plain functions that they are compared with in tests.
 */
export interface Kernels extends SampleKernels, ResampleKernels, SpectrumKernels {
  readonly memory: { readonly buffer: ArrayBuffer };
}

const pageBytes = 65_536;
let compiled: object | undefined;

/**
 * Kernels over a new memory of at least `bytes` zeros, which never grows. It is freed with the last reference to it.
 * Each memory also reserves gigabytes of addresses: keep few, one for a plan or a stage.
 */
export function newKernels(bytes: number): Kernels {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(kernelsBase64), (character) => character.charCodeAt(0)));
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / pageBytes) });
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as Kernels;
}
