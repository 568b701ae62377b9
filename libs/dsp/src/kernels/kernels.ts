import { kernelsBase64 } from './kernels.generated.js';
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
export interface Kernels extends SpectrumKernels {
  readonly memory: { readonly buffer: ArrayBuffer };
  convertIntegers(
    integersAt: number,
    samplesAt: number,
    count: number,
    sampleBytes: number,
    patternAt: number,
    flip: number,
  ): void;
  convertFloats32(floatsAt: number, samplesAt: number, count: number, patternAt: number): void;
  convertFloats64(floatsAt: number, samplesAt: number, count: number, patternAt: number): void;
  convertCodes(codesAt: number, samplesAt: number, count: number, tableAt: number): void;
  /** 1 if no sample is infinite or no number, else 0. */
  areFinite(samplesAt: number, count: number): number;
  meanOfFloats(samplesAt: number, monoAt: number, frames: number, channels: number): void;
  meanOfInt16(valuesAt: number, monoAt: number, frames: number, channels: number): void;
  phaseSums(
    rowsAt: number,
    taps: number,
    samplesAt: number,
    sumsAt: number,
    count: number,
    up: number,
    down: number,
    phase: number,
  ): void;
  interpolatedSums(
    leftAt: number,
    rightAt: number,
    taps: number,
    entriesPerInput: number,
    samplesAt: number,
    sumsAt: number,
    count: number,
    up: number,
    down: number,
    phase: number,
  ): void;
  pickChannel(samplesAt: number, monoAt: number, frames: number, channels: number, channel: number): void;
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
