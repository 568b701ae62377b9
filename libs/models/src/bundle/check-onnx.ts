import { openOnnxRuntime } from '../engines/onnxruntime.js';
import type { ImportedOnnx } from '../import/imported-model.js';
import type { ConversionCheck } from './convert-network.js';
import { probesOf } from './probe.js';
import { predictProbe, requireSameAlone } from './served-probe.js';

/** Where the file takes any number. */
const probeRows = 4;

/**
 * Runs an ONNX file, which nothing was converted of, on a probe: it gives values that are finite and of the declared
 * shape, and the same for an input alone as in a group. A file that takes a fixed number of inputs is run on as many, and
 * for one alone the others are zeros.
 *
 * @throws ModelError if it does not
 */
export async function checkOnnx(model: ImportedOnnx): Promise<ConversionCheck> {
  const engine = await openOnnxRuntime(
    model.onnx,
    model.inputs.map(({ shape }) => shape),
  );
  try {
    const rows = model.rows === 'any' ? probeRows : model.rows;
    const probe = await predictProbe(engine, model, rows, probesOf(model.inputs, rows));
    const names = model.outputs.map(({ name }) => name);
    await requireSameAlone(engine, probe, names, rows);
    return { reference: 'none', largestDifference: 0 };
  } finally {
    await engine.dispose();
  }
}
