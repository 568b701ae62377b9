import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { isFileName } from '../libs/models/src/card/file-name.js';
import type { Engine } from '../libs/models/src/engines/engine.js';
import { openOnnxRuntime } from '../libs/models/src/engines/onnxruntime.js';
import { ModelError } from '../libs/models/src/errors.js';
import { furtherFiles, importWeights } from '../libs/models/src/import/import-weights.js';
import type { ImportedModel } from '../libs/models/src/import/imported-model.js';
import { shapeText, valueCount } from '../libs/models/src/network/tensor.js';
import { writeOnnx } from '../libs/models/src/onnx/write-network.js';
import { compare } from './compare.js';
import { readGolden } from './goldens/read-golden.js';
import type { Golden, ParityCase, ParityLine } from './parity-case.js';

/** Imports a model, runs it in ONNX Runtime, and compares it with its goldens. */
export async function runCase(parityCase: ParityCase): Promise<ParityLine> {
  const { file, goldens } = parityCase;
  const line: ParityLine = { file, goldens: goldens.length, within: 0, result: 'imported' };
  try {
    // A golden that cannot be read, such as one of text, tells nothing of a model that is refused for its inputs.
    const read = await Promise.allSettled(goldens.map(({ source }) => readGolden(source)));
    const model = await importFile(parityCase, read[0]?.status === 'fulfilled' ? read[0].value : undefined);
    Object.assign(line, { format: model.format, layers: model.layers });
    await withEngine(model, async (engine) => {
      for (const [index, { tolerance }] of goldens.entries()) {
        const golden = valueOf(read[index]!);
        addGolden(line, await predict(engine, model, golden), golden, tolerance);
      }
    });
    return line;
  } catch (error) {
    const result = error instanceof ModelError ? 'refused' : 'failed';
    return { ...line, result, message: error instanceof Error ? error.message : String(error) };
  }
}

function valueOf<T>(settled: PromiseSettledResult<T>): T {
  if (settled.status === 'fulfilled') return settled.value;
  throw settled.reason;
}

function addGolden(line: ParityLine, outputs: readonly Float32Array[], golden: Golden, tolerance: number): void {
  const { within, largestDifference } = compare(outputs, golden.outputs, tolerance);
  if (within) line.within++;
  line.result = line.result === 'differs' || !within ? 'differs' : 'within';
  line.largestDifference = Math.max(line.largestDifference ?? 0, largestDifference);
  line.tolerance = Math.max(line.tolerance ?? 0, tolerance);
}

async function importFile({ path, topology }: ParityCase, golden: Golden | undefined): Promise<ImportedModel> {
  const names = { weights: basename(path), ...(topology && { topology: basename(topology) }) };
  const bytes = await readFile(path);
  const files = new Map<string, Uint8Array>([[names.weights, bytes]]);
  for (const name of furtherFiles(names, bytes)) {
    const beside = isFileName(name) ? await readFile(join(dirname(path), name)).catch(() => undefined) : undefined;
    if (beside) files.set(name, beside);
  }
  const inputShape = golden?.inputs.length === 1 ? golden.inputs[0]!.shape.slice(1) : undefined;
  return importWeights(names, files, inputShape ? { inputShape } : {});
}

async function withEngine(model: ImportedModel, use: (engine: Engine) => Promise<void>): Promise<void> {
  const [onnx, inputs] =
    model.format === 'onnx' ? [model.onnx, model.inputs] : [writeOnnx(model.network), model.network.inputs];
  const engine = await openOnnxRuntime(
    onnx,
    inputs.map(({ shape }) => shape),
  );
  try {
    await use(engine);
  } finally {
    await engine.dispose();
  }
}

function predict(engine: Engine, model: ImportedModel, { inputs }: Golden): Promise<Float32Array[]> {
  const taken = model.format === 'onnx' ? model.inputs : model.network.inputs;
  if (inputs.length !== taken.length)
    throw new Error(`the golden has ${inputs.length} inputs, and the network takes ${taken.length}`);
  const rows = inputs[0]!.shape[0] ?? 1;
  taken.forEach(({ name, shape }, index) => {
    if (inputs[index]!.data.length !== rows * valueCount(shape))
      throw new Error(
        `the golden's ${shapeText(inputs[index]!.shape)} are no ${rows} rows of ${name}, ${shapeText(shape)}`,
      );
  });
  return engine.predict(
    inputs.map(({ data }) => data),
    rows,
  );
}
