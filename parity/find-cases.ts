import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';

import { findFiles } from './find-files.js';
import { goldenModel } from './goldens/json-golden.js';
import type { GoldenSource, ParityCase } from './parity-case.js';

/** As the reference implementations that made them agree among each other, and as the examples' older ones do. */
const tolerance = 1e-5;
const examplesTolerance = 1e-4;

/**
 * Every model below a folder, and the goldens that there are for it:
 *
 * - `golden/models/*.json` that name it, relative to `models`
 * - `x_model.h5`, and `x_weights.h5` with `x_config.json`: `x_inputs_and_outputs.h5`
 * - `model.onnx`: `test_data_set_*` with `input_*.pb` and `output_*.pb`
 * - the only model of its folder: `input*.npy` and `predictions*.npy` or `output*.npy`
 */
export async function findCases(folder: string): Promise<ParityCase[]> {
  const models = (await isFolder(join(folder, 'models'))) ? join(folder, 'models') : folder;
  const files = await findFiles(models);
  const named = await goldensByModel(join(folder, 'golden', 'models'), models);
  const known = new Set(files);
  const found: string[] = [];
  for (const file of files) if (await isModel(file, known)) found.push(file);
  for (const file of named.keys()) if (!known.has(file)) found.push(file);
  return found.map((path) => {
    const beside = [...examples(path, known), ...onnxTests(path, files), ...arrays(path, files, found)];
    const json = (named.get(path) ?? []).map((golden): GoldenSource => ({ kind: 'json', path: golden }));
    return {
      ...{ file: relative(models, path), path },
      ...topologyOf(path, known),
      goldens: [...json, ...beside].map((source) => ({
        source,
        tolerance: source.kind === 'hdf5' || source.kind === 'npy' ? examplesTolerance : tolerance,
      })),
    };
  });
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}

/** The paths of golden files by the path of the model that they name. */
async function goldensByModel(folder: string, models: string): Promise<Map<string, string[]>> {
  const goldens = new Map<string, string[]>();
  if (!(await isFolder(folder))) return goldens;
  for (const path of await findFiles(folder)) {
    if (!path.endsWith('.json')) continue;
    const model = join(models, (await goldenModel(path)) ?? basename(path));
    goldens.set(model, [...(goldens.get(model) ?? []), path]);
  }
  return goldens;
}

const inputsAndOutputs = /_inputs_and_outputs\.(h5|hdf5)$/;

async function isModel(path: string, known: ReadonlySet<string>): Promise<boolean> {
  if (inputsAndOutputs.test(path)) return false;
  if (/\.(h5|hdf5|keras|onnx)$/.test(path)) return true;
  if (path.endsWith('.pb')) return !/(^|[\\/])(input|output)_\d+\.pb$/.test(path);
  if (!path.endsWith('.json') || isTopology(path, known)) return false;
  return holdsTopology(await readFile(path, 'utf8'));
}

/** Whether it is the model.json of TensorFlow.js. */
function holdsTopology(text: string): boolean {
  try {
    return Object.hasOwn(Object(JSON.parse(text)) as object, 'modelTopology');
  } catch {
    return text.includes('"modelTopology"');
  }
}

function isTopology(path: string, known: ReadonlySet<string>): boolean {
  return path.endsWith('_config.json') && known.has(path.replace(/_config\.json$/, '_weights.h5'));
}

function topologyOf(path: string, known: ReadonlySet<string>): { topology?: string } {
  const topology = path.replace(/_weights\.(h5|hdf5)$/, '_config.json');
  return topology !== path && known.has(topology) ? { topology } : {};
}

function examples(path: string, known: ReadonlySet<string>): GoldenSource[] {
  const recorded = path.replace(/_(model|weights)\.(h5|hdf5|keras)$/, '_inputs_and_outputs.h5');
  return recorded !== path && known.has(recorded) ? [{ kind: 'hdf5', path: recorded }] : [];
}

function onnxTests(path: string, files: readonly string[]): GoldenSource[] {
  if (!path.endsWith('.onnx')) return [];
  const prefix = `${dirname(path)}${sep}test_data_set_`;
  const inSets = files.filter((file) => file.startsWith(prefix) && file.endsWith('.pb'));
  const sets = [...new Set(inSets.map(dirname))].map((folder) => inSets.filter((file) => dirname(file) === folder));
  return sets.map((set) => ({
    kind: 'onnx-test',
    inputs: numbered(set, 'input_'),
    outputs: numbered(set, 'output_'),
  }));
}

/** In the order of their numbers, of which `input_10` comes after `input_9`. */
function numbered(files: readonly string[], prefix: string): string[] {
  const number = (file: string) => Number(/(\d+)\.\w+$/.exec(file)?.[1] ?? 0);
  return files.filter((file) => basename(file).startsWith(prefix)).sort((a, b) => number(a) - number(b));
}

function arrays(path: string, files: readonly string[], models: readonly string[]): GoldenSource[] {
  if (models.filter((model) => dirname(model) === dirname(path)).length !== 1) return [];
  const beside = files.filter((file) => dirname(file) === dirname(path) && file.endsWith('.npy'));
  const inputs = numbered(beside, 'input');
  const outputs = [...numbered(beside, 'prediction'), ...numbered(beside, 'output')];
  return inputs.length > 0 && outputs.length > 0 ? [{ kind: 'npy', inputs, outputs }] : [];
}
