import { kerasArchives } from './crafted/archives.js';
import { cards } from './crafted/cards.js';
import type { Crafted } from './crafted/crafted.js';
import { hdf5Files } from './crafted/hdf5.js';
import { onnxFiles } from './crafted/onnx.js';
import { tfjsModels } from './crafted/tfjs.js';

/** Files made by hand to do harm: each names what it tries. */
export function craftedFiles(): Crafted[] {
  return [...hdf5Files(), ...kerasArchives(), ...onnxFiles(), ...tfjsModels(), ...cards()];
}
