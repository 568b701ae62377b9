import { refusal } from '../../errors.js';
import type { Value } from '../../network/graph.js';
import { valueCount } from '../../network/tensor.js';
import { filledShape } from '../filled-shape.js';
import type { ImportedOnnx, ImportHints } from '../imported-model.js';
import { checkNodes } from './check-nodes.js';
import { Message } from './message.js';
import { runShapes } from './run-shapes.js';
import { checkTensor } from './tensors.js';
import { upgradeOpset6 } from './upgrade.js';
import { readValueInfo, type ValueInfo } from './value-info.js';

const oldestOpset = 6;
/** Values that an input may have, with all rows that a file asks for at once: 64 MiB of them. */
const maxValues = 2 ** 24;

/**
 * Checks an ONNX file, which ONNX Runtime then takes as it is (operator set 6 as 7): one file with all it needs, operators of ONNX itself,
 * 32-bit floats in and out. Where it does not tell the shape of an output, it is run once on zeros.
 *
 * @throws ModelError if anything about it is damaged or not supported
 */
export async function importOnnx(onnx: Uint8Array, hints: ImportHints = {}): Promise<ImportedOnnx> {
  const model = new Message(onnx, 'the ONNX file');
  const opset = opsetOf(model);
  if (model.has(20)) throw refusal('the ONNX file has training_info; export the model for inference');
  if (model.has(25)) throw refusal('the ONNX file has functions of its own, which are not supported: inline them');
  const bytes = model.one(7);
  if (bytes === undefined) throw refusal('the ONNX file has no graph; it may be damaged');
  const graph = new Message(bytes, 'the graph of the ONNX file');
  if (graph.has(15)) throw refusal('the ONNX file has sparse initializers, which are not supported');
  const constants = new Set(graph.list(5).map((tensor) => checkTensor(tensor, 'the initializer')));
  const layers = checkNodes(graph.list(1));
  const [taken, given] = readEnds(graph, constants);
  const rows = rowsOf(taken);
  const inputs = taken.map((info) => inputOf(info, rows === 'any' ? 1 : rows, taken.length === 1 ? hints : {}));
  const served = opset === oldestOpset ? upgradeOpset6(onnx) : onnx;
  const outputs = await outputsOf(served, inputs, given, rows);
  return { format: 'onnx', layers, onnx: served, inputs, outputs, rows };
}

function opsetOf(model: Message): number {
  const own = model
    .list(8)
    .map((bytes) => new Message(bytes, 'an opset_import'))
    .filter((opset) => ['', 'ai.onnx'].includes(opset.text(1)));
  const [opset = 0] = own.map((one) => one.integer(2) ?? 0);
  if (own.length !== 1) throw refusal('the ONNX file names no operator set, or several; it may be damaged');
  if (opset >= oldestOpset) return opset;
  throw refusal(`the ONNX file is of operator set ${opset}; ${oldestOpset} and up are supported`);
}

/** Inputs and outputs. Constants may be listed among the inputs, which they are not. */
function readEnds(graph: Message, constants: ReadonlySet<string>): [ValueInfo[], ValueInfo[]] {
  const listed = graph.list(11).filter((info) => !constants.has(new Message(info, 'an input').text(1)));
  const inputs = listed.map((info) => readValueInfo(info, 'input'));
  const outputs = graph.list(12).map((info) => readValueInfo(info, 'output'));
  for (const [what, ends] of [
    ['input', inputs],
    ['output', outputs],
  ] as const) {
    if (ends.length === 0) throw refusal(`the ONNX file has no ${what}`);
    const names = ends.map(({ name }) => name);
    if (new Set(names).size < names.length) throw refusal(`the ONNX file has two ${what}s of one name`);
  }
  return [inputs, outputs];
}

/** The first axis of all inputs: the batch. */
function rowsOf(inputs: readonly ValueInfo[]): 'any' | number {
  const fixed = new Set(inputs.flatMap(({ sizes }) => sizes?.slice(0, 1) ?? []).filter((size) => size !== undefined));
  const [rows, other] = fixed;
  if (other === undefined) return rows ?? 'any';
  throw refusal(`the first axes of the inputs are ${[...fixed].join(' and ')}; all must have the batch`);
}

function inputOf({ name, sizes }: ValueInfo, rows: number, hints: ImportHints): Value {
  const rest = sizes?.slice(1) ?? hints.inputShape?.map(() => undefined);
  if (rest === undefined || sizes?.length === 0)
    throw refusal(`the input ${name} has no shape; export the model with one, its first axis the batch`);
  const shape = filledShape(`the input ${name}`, rest, hints);
  if (rows * valueCount(shape) <= maxValues) return { name, shape };
  throw refusal(`the input ${name} has ${[rows, ...shape].join(' x ')} values; ${maxValues} are supported`);
}

/** Their shapes as the file tells them, or else as they come out. */
async function outputsOf(
  onnx: Uint8Array,
  inputs: readonly Value[],
  given: readonly ValueInfo[],
  rows: 'any' | number,
): Promise<Value[]> {
  const told = given.every(({ sizes }) => sizes !== undefined && sizes.slice(1).every((size) => size !== undefined));
  const count = rows === 'any' ? 1 : rows;
  const shapes = told ? new Map<string, readonly number[]>() : await runShapes(onnx, inputs, count);
  return given.map(({ name, sizes }) => {
    const [first, ...rest] = (shapes.get(name) ?? sizes)!;
    const fixed = shapes.has(name) || rows !== 'any' ? first : undefined;
    if (sizes?.length === 0 || (fixed !== undefined && fixed !== count))
      throw refusal(
        `the output ${name} has ${first ?? 'no'} rows for ${count} inputs; its first axis must be the batch`,
      );
    return { name, shape: rest as number[] };
  });
}
