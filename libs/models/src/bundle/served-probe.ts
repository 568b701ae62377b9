import type { Engine } from '../engines/engine.js';
import { refusal } from '../errors.js';
import type { Value } from '../network/graph.js';
import { isAllFinite, valueCount } from '../network/tensor.js';
import { differencesOf } from './differences.js';

export interface ServedProbe {
  inputs: readonly Float32Array[];
  outputs: readonly Float32Array[];
}

/**
 * What an engine gives for a probe of several rows.
 *
 * @param probes are tried in order
 * @throws ModelError if that is not finite, or not of the declared size
 */
export async function predictProbe(
  engine: Engine,
  { outputs }: { outputs: readonly Value[] },
  rows: number,
  probes: readonly (readonly Float32Array[])[],
): Promise<ServedProbe> {
  for (const probe of probes) {
    const given = await predict(engine, probe, rows);
    outputs.forEach(({ name, shape }, i) => requireSize(name, given[i], rows * valueCount(shape)));
    if (given.every(isAllFinite)) return { inputs: probe, outputs: given };
  }
  throw refusal('the network gives values that are not finite, for inputs between -1 and 1 and between 0 and 1');
}

/**
 * @param names of the outputs
 * @throws ModelError if a row alone gives something else than in the group
 */
export async function requireSameAlone(
  engine: Engine,
  { inputs, outputs }: ServedProbe,
  names: readonly string[],
  rows: number,
): Promise<void> {
  for (let row = 0; row < rows; row++) {
    const alone = await predict(engine, rowsOf(inputs, row, rows), 1);
    const { fault } = differencesOf(alone, rowsOf(outputs, row, rows));
    if (fault)
      throw refusal(
        `the output ${names[fault.output]} of an input depends on the others in its group: ${fault.expected} in a group, ${fault.actual} alone`,
      );
  }
}

async function predict(engine: Engine, inputs: readonly Float32Array[], rows: number): Promise<Float32Array[]> {
  try {
    // What an engine gives may be its own memory.
    return (await engine.predict(inputs, rows)).map((output) => output.slice());
  } catch (cause) {
    throw refusal(`the network cannot be run on ${rows} inputs: ${String(cause)}`, cause);
  }
}

function requireSize(name: string, values: Float32Array | undefined, size: number): void {
  if (values?.length === size) return;
  throw refusal(`the output ${name} has ${values?.length ?? 'no'} values where its shape has ${size}`);
}

function rowsOf(arrays: readonly Float32Array[], row: number, rows: number): Float32Array[] {
  return arrays.map((values) => {
    const length = values.length / rows;
    return values.slice(row * length, (row + 1) * length);
  });
}
